/**
 * A seeded discrete-event simulation of several nodes on one record tree, with virtual time and faults.
 *
 * <p>A {@link io.curia.core.simulation.World} holds the tree, the hosts and the agenda of what happens next;
 * {@link io.curia.core.simulation.NodeProcess} runs a production core between a simulated session and simulated
 * duties; {@link io.curia.core.simulation.Chaos} makes things go wrong; {@link io.curia.core.simulation.Inspector}
 * checks after every step what must always be true, and {@link io.curia.core.simulation.Epilogue}, once faults have
 * ceased, what must become true. Everything is derived from one seed, so a failure can be run again.
 */
package io.curia.core.simulation;
