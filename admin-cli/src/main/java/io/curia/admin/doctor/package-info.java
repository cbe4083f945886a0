/**
 * What is wrong with a cluster: the evidence of two witnesses, ZooKeeper and the nodes, and what follows from it. The
 * diagnosis is a function of the evidence, without I/O.
 */
package io.curia.admin.doctor;
