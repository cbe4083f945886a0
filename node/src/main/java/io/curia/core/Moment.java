package io.curia.core;

import java.time.Instant;
import java.util.Objects;

/**
 * The time as an argument.
 *
 * @param nanos the monotonic clock, of an arbitrary origin: only differences mean anything, and every deadline is
 *     one of these
 * @param wall the wall clock, for what people read and for bans that end at an hour; never for deadlines
 */
public record Moment(long nanos, Instant wall) {

    public Moment {
        Objects.requireNonNull(wall, "wall");
    }
}
