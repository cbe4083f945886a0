/**
 * One JSON object a line over TCP. {@link io.curia.wire.NodeServer} is a node's port,
 * {@link io.curia.wire.NodeClient} asks other nodes on the server's own thread,
 * {@link io.curia.wire.BlockingNodeClient} asks without Netty; what they say is in
 * {@link io.curia.wire.message}. A {@link io.curia.wire.Lifeline} stands for as long as both its nodes run, and a
 * {@link io.curia.wire.Probe} looks whether somebody is there: what they show is evidence, judged elsewhere. Knows
 * nothing of roles or ZooKeeper.
 */
package io.curia.wire;
