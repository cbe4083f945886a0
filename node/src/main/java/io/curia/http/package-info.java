/**
 * What a node says over HTTP: to load balancers, supervisors, Prometheus and people. Everything is answered from
 * what the node knows already, with or without ZooKeeper, but for the history; nothing here can change anything.
 */
package io.curia.http;
