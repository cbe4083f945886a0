/**
 * The port to the coordination service: what a node needs of its own session ({@link io.curia.store.NodeSession})
 * and what members and operators need of the cluster's records ({@link io.curia.store.ClusterStore}).
 *
 * <p>Every implementation passes the same contract tests. No type of a coordination service appears here.
 */
package io.curia.store;
