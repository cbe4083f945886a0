/**
 * Values only: what a cluster is made of, as immutable records. Imports nothing of ours, does no I/O,
 * reads no clock. Everything that crosses a thread, a port or a test is one of these.
 */
package io.curia.model;
