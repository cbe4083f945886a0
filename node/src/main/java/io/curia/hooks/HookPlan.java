package io.curia.hooks;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Which programs to run at what, and how long each may take.
 *
 * @param commands a program and its arguments, as one line, for each event that has one
 * @param timeout after which a program is killed
 */
public record HookPlan(Map<HookEvent, String> commands, Duration timeout) {

    public HookPlan {
        commands = Map.copyOf(commands);
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("hook timeout: " + timeout + " (expected: more than 0)");
        }
    }

    /** Returns whether there is nothing to run. */
    public boolean isEmpty() {
        return commands.isEmpty();
    }

    /** Returns whether a promotion depends on a program. */
    public boolean vetoes() {
        return commands.containsKey(HookEvent.PRE_MASTER);
    }
}
