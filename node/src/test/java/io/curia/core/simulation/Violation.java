package io.curia.core.simulation;

/** Something that must always be true was not, or something that must become true did not in time. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }
}
