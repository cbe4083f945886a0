/**
 * ZooKeeper servers for those who have none yet: one or three durable servers on this host's loopback address, each in
 * a process of its own, so that the death of the program that started them can be arranged either way.
 */
package io.curia.zookeeper.server;
