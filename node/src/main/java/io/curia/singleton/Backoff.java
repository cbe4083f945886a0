package io.curia.singleton;

import java.time.Duration;

/** How long to wait before a command that ended is started again: doubling, up to a limit, anew after a good run. */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);
    /** A run of this length was a good one, whatever ended it. */
    static final Duration HEALTHY = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** Returns how long to wait now, after a run that lasted so long. */
    Duration after(Duration ran) {
        Duration wait = ran.compareTo(HEALTHY) >= 0 ? FIRST : next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
