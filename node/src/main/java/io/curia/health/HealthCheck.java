package io.curia.health;

import java.util.Optional;

/** Says whether the program that it belongs to is fit to be master. */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Returns why the program is not fit to be master now, in a few words for people; empty if it is.
     *
     * <p>May block, on a thread of its own, one call at a time. A call that takes too long is interrupted and counts
     * as a failure, and so does every check that falls due until it has returned; so does one that throws.
     */
    Optional<String> problem() throws Exception;
}
