/**
 * The proof: real nodes hammer a register through fenced writes while real faults are injected, and a pure checker
 * reads afterwards what they did from what they left behind. {@code docs/proof.md} says what is checked and how to run
 * it.
 */
package io.curia.proof;
