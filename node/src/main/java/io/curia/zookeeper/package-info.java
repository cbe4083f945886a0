/**
 * The only package that imports Curator and ZooKeeper: the store's ports by conditional transactions, the latch by
 * Curator's {@code LeaderLatch}, and servers for those who have none yet.
 */
package io.curia.zookeeper;
