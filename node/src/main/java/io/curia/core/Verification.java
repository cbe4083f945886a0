package io.curia.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a member whose lifeline closed without a goodbye is dead, decided from repeated looks at its address.
 * Immutable; each finding makes the next one.
 *
 * <table>
 * <caption>What each finding means</caption>
 * <tr><th>finding</th><th>meaning</th></tr>
 * <tr><td>REFUSED</td><td>dead: a node without its port is no master, and it opened the port before it
 *     registered</td></tr>
 * <tr><td>NEWER</td><td>dead: its successor holds the lock of its data directory</td></tr>
 * <tr><td>SAME</td><td>alive: the link was cut, the process was not</td></tr>
 * <tr><td>HUNG_UP, SILENT</td><td>look again: sockets of a dying process are closed one by one, its port among the
 *     last; if it stays so, nothing is known, and the session has to expire</td></tr>
 * <tr><td>UNREACHABLE</td><td>at the first look nothing, after it gone: the close came from its host, and now its host
 *     is not there; not proof, because the network may have gone instead, so whoever follows waits out its
 *     guard</td></tr>
 * <tr><td>STRANGER</td><td>nothing is known: the port was taken by somebody else</td></tr>
 * </table>
 *
 * @param startedNanos when the lifeline closed
 * @param looks how many findings there were
 * @param verdict what is known; empty: look again
 */
public record Verification(long startedNanos, int looks, Optional<Verdict> verdict) {

    /** For how long to look before nothing is known: longer than a process with thousands of sockets takes to die. */
    static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long FIRST_PAUSE_NANOS = Duration.ofNanos(500_000).toNanos();
    private static final long LAST_PAUSE_NANOS = Duration.ofMillis(16).toNanos();

    /** What is known of a suspect. */
    public enum Verdict {
        /** Its process has ended. */
        DEAD,
        /** It has ended or is cut off from here; it must be given the time of its guard. */
        GONE,
        /** It lives. */
        ALIVE,
        /** Nothing: the session decides. */
        UNDECIDED
    }

    /** Returns a verification that begins now, with the closing of a lifeline. */
    public static Verification begun(long nowNanos) {
        return new Verification(nowNanos, 0, Optional.empty());
    }

    /** Returns what is known after this finding. A verdict stands, whatever is found later. */
    public Verification after(Finding finding, long nowNanos) {
        if (verdict.isPresent()) {
            return this;
        }
        Optional<Verdict> known = switch (finding) {
            case REFUSED, NEWER -> Optional.of(Verdict.DEAD);
            case SAME -> Optional.of(Verdict.ALIVE);
            // One attempt may be a lost packet, which is sent again only after a second.
            case UNREACHABLE -> looks > 0 ? Optional.of(Verdict.GONE) : Optional.empty();
            case STRANGER -> Optional.of(Verdict.UNDECIDED);
            case HUNG_UP, SILENT -> nowNanos - startedNanos >= PATIENCE.toNanos()
                    ? Optional.of(Verdict.UNDECIDED) : Optional.empty();
        };
        return new Verification(startedNanos, looks + 1, known);
    }

    /** Returns how long to wait before the next look: at first next to nothing, then doubling. */
    public Duration pause() {
        int doublings = Math.max(0, Math.min(looks - 1, 5));
        return looks == 0 ? Duration.ZERO
                : Duration.ofNanos(Math.min(LAST_PAUSE_NANOS, FIRST_PAUSE_NANOS << doublings));
    }
}
