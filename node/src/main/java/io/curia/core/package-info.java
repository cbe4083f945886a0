/**
 * Decisions only: observations and the time go in, actions come out. No I/O, no clock, no thread, no logger, no
 * randomness of its own; imports nothing but the model, so that a seeded simulator can drive it through anything.
 */
package io.curia.core;
