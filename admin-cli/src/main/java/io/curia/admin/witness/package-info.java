/**
 * What nodes say when they are asked over TCP: the second witness, beside ZooKeeper. Here stands how they are asked,
 * many at a time and each with a deadline; what follows from their answers is decided elsewhere.
 */
package io.curia.admin.witness;
