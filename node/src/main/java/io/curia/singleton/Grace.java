package io.curia.singleton;

import io.curia.core.Guard;
import java.time.Duration;
import java.util.Optional;

/**
 * How a guard is shared out: first the time in which the command just runs, then the time it is given to end after
 * SIGTERM, and a margin at the end in which nothing of it is left.
 *
 * <p>A renewal may come late by the first share, less the interval between two renewals, which is a quarter of the
 * guard, before the command is told to end for its sake; so that share must not be small.
 */
public final class Grace {

    private static final Duration LEAST_MARGIN = Duration.ofMillis(100);
    private static final int MARGINS_PER_GUARD = 20;
    private static final int LEAST_RUNNING_PERCENT = 40;
    private static final int DEFAULT_PERCENT = 40;

    private Grace() {
    }

    /** Returns the grace of a command whose user did not say, in a session of this timeout. */
    public static Duration defaultFor(Duration sessionTimeout) {
        return Guard.lengthFor(sessionTimeout).multipliedBy(DEFAULT_PERCENT).dividedBy(100);
    }

    /** Returns by how much everything ends before the guard does: it pays for a keeper that is not run at once. */
    static Duration margin(Duration guard) {
        Duration share = guard.dividedBy(MARGINS_PER_GUARD);
        return share.compareTo(LEAST_MARGIN) < 0 ? LEAST_MARGIN : share;
    }

    /** Returns the longest grace that leaves enough of the guard to run in; zero or less if there is none. */
    static Duration longest(Duration guard) {
        return guard.minus(margin(guard)).minus(guard.multipliedBy(LEAST_RUNNING_PERCENT).dividedBy(100));
    }

    /** Returns this grace, or as much of it as there is room for. */
    static Duration fitted(Duration grace, Duration guard) {
        Duration longest = longest(guard);
        return grace.compareTo(longest) > 0 ? longest : grace;
    }

    /** Returns why this grace does not fit into a session of this timeout, and which would do; empty if it fits. */
    public static Optional<String> objection(Duration grace, Duration sessionTimeout) {
        Duration longest = longest(Guard.lengthFor(sessionTimeout));
        if (grace.isNegative()) {
            return Optional.of("--grace: " + grace.toMillis() + "ms (expected: 0 or more)");
        }
        if (grace.compareTo(longest) <= 0) {
            return Optional.empty();
        }
        return Optional.of("--grace " + grace.toMillis() + "ms is too long for --session-timeout "
                + sessionTimeout.toMillis() + "ms: a node that is cut off has to have ended its command before its "
                + "guard is over, which leaves " + Math.max(0, longest.toMillis())
                + "ms; --session-timeout " + enoughFor(grace).toSeconds() + "s would do");
    }

    /** Returns how long a node must let its duties take to stop, if the command is given this grace. */
    public static Duration patience(Duration grace) {
        return grace.plusSeconds(2);
    }

    /** Returns the shortest session timeout, in whole seconds, that this grace fits into. */
    static Duration enoughFor(Duration grace) {
        long seconds = 1;
        while (longest(Guard.lengthFor(Duration.ofSeconds(seconds))).compareTo(grace) < 0) {
            seconds++;
        }
        return Duration.ofSeconds(seconds);
    }
}
