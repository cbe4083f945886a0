/**
 * The only package that imports Netty: one JSON object a line over TCP. {@link io.curia.wire.NodeServer} is a node's
 * port, {@link io.curia.wire.NodeClient} asks other nodes on the server's own thread,
 * {@link io.curia.wire.BlockingNodeClient} asks without Netty; what they say is in
 * {@link io.curia.wire.message}. Knows nothing of roles or ZooKeeper.
 */
package io.curia.wire;
