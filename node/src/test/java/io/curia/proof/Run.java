package io.curia.proof;

/**
 * One process of a node, from its start to its end.
 *
 * @param node which node
 * @param run which process of it
 * @param startedNanos when it was started
 * @param endedNanos when its end was noticed; {@link Long#MAX_VALUE} if it lived to the end
 */
record Run(String node, int run, long startedNanos, long endedNanos) {
}
