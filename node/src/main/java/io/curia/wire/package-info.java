/**
 * The only package that imports Netty: one JSON object a line over TCP. Messages, their codec, the server on a
 * node's port and the client that asks other nodes. Knows nothing of roles or ZooKeeper.
 */
package io.curia.wire;
