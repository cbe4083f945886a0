package io.curia.core;

import java.util.Objects;
import java.util.Optional;

/**
 * Since when the same thing has been so. Seeing it again keeps the moment; seeing something else starts anew.
 *
 * @param what the thing; empty while there is none
 * @param nanos when it was first seen
 */
record Since<T>(Optional<T> what, long nanos) {

    static <T> Since<T> never() {
        return new Since<>(Optional.empty(), 0);
    }

    Since<T> seeing(Optional<T> current, long nowNanos) {
        return what.isPresent() && Objects.equals(what, current) ? this : new Since<>(current, nowNanos);
    }
}
