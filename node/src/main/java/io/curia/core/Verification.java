package io.curia.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a member whose lifeline closed without a goodbye is dead, decided from repeated looks at its address and, if
 * somebody could be asked, from what others see there. Immutable; each thing learned makes the next one.
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
 * <p>A finding of somebody else counts like one's own: a witness that sees it alive clears it, one that finds it
 * refused convicts it as soon as this node has looked once itself. So a rule of a firewall between two hosts, which
 * refuses in the name of a process that lives, fools nobody while a third can be asked. A witness is waited for only
 * when this node would act at once, and never longer than {@link #OPINION_PATIENCE} from the question; silence
 * changes nothing. It is not waited for when the lifeline was closed, not reset, and the port refuses: such a rule
 * resets connections, but only the system at their other end closes one.
 *
 * <p>A node that stood still while it looked has seen things that were true before it stood still: it begins anew.
 *
 * @param startedNanos when the lifeline closed
 * @param closed whether it was closed as only the system at its other end can, and not reset
 * @param freshNanos since when what is known was found without this node standing still
 * @param latestNanos when something was learned last
 * @param looks how many findings of its own there were since then
 * @param own the last of them
 * @param opinion what a witness found; what decides goes before what does not
 * @param awaited how many witnesses have not answered
 * @param awaitedUntilNanos until when they are waited for
 */
public record Verification(long startedNanos, boolean closed, long freshNanos, long latestNanos, int looks,
        Optional<Finding> own, Optional<Finding> opinion, int awaited, long awaitedUntilNanos) {

    /** For how long to look before nothing is known: longer than a process with thousands of sockets takes to die. */
    static final Duration PATIENCE = Duration.ofMillis(500);
    /** For how long a witness is waited for: several times what an answer takes in one data centre. */
    static final Duration OPINION_PATIENCE = Duration.ofMillis(5);
    /** Nothing that is asked or waited for here takes as long: a node that learned nothing for longer stood still. */
    static final Duration STANDSTILL = Duration.ofMillis(300);
    /** A node that stands still again and again gives up. */
    static final Duration UTMOST = Duration.ofSeconds(5);
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

    /** Returns a verification that begins now, with the end of a lifeline. */
    public static Verification begun(boolean closed, long nowNanos) {
        return new Verification(nowNanos, closed, nowNanos, nowNanos, 0, Optional.empty(), Optional.empty(), 0,
                nowNanos);
    }

    /** Returns what is known after this finding of its own. A verdict stands, whatever is found later. */
    public Verification after(Finding finding, long nowNanos) {
        Verification now = at(nowNanos);
        // What was found before a standstill, or by a look that went into it, is not of now.
        return now.verdict().isPresent() || now.startedAnew(this) ? now
                : new Verification(startedNanos, closed, freshNanos, nowNanos, looks + 1, Optional.of(finding),
                        opinion, awaited, awaitedUntilNanos);
    }

    /** Returns what is known when so many witnesses have been asked. */
    public Verification asking(int witnesses, long nowNanos) {
        Verification now = at(nowNanos);
        return now.verdict().isPresent() ? now
                : new Verification(startedNanos, closed, now.freshNanos, nowNanos, now.looks, now.own, now.opinion,
                        witnesses, nowNanos + OPINION_PATIENCE.toNanos());
    }

    /** Returns what is known after a witness said what it found; empty: it has no opinion, or will not answer. */
    public Verification told(Optional<Finding> finding, long nowNanos) {
        Verification now = at(nowNanos);
        // Its time may be over: what is heard before anything was done counts all the same.
        if (verdict().isPresent() || now.startedAnew(this) || awaited == 0) {
            return now;
        }
        Optional<Finding> telling = finding.filter(found -> found != Finding.STRANGER)
                .filter(found -> opinion.isEmpty() || found.isDecisive());
        return new Verification(startedNanos, closed, freshNanos, nowNanos, looks, own, telling.or(() -> opinion),
                awaited - 1, awaitedUntilNanos);
    }

    /** Returns what is known at this moment, if nothing else was learned meanwhile. */
    public Verification at(long nowNanos) {
        if (verdict().isPresent()) {
            return this;
        }
        if (nowNanos - latestNanos >= STANDSTILL.toNanos()) {
            return new Verification(startedNanos, closed, nowNanos, nowNanos, 0, Optional.empty(), Optional.empty(), 0,
                    nowNanos);
        }
        return new Verification(startedNanos, closed, freshNanos, nowNanos, looks, own, opinion, awaited,
                awaitedUntilNanos);
    }

    /** Returns whether this one forgot what {@code before} knew, because the node stood still in between. */
    public boolean startedAnew(Verification before) {
        return freshNanos != before.freshNanos;
    }

    /** Returns what is known; empty: look again, or wait for a witness. */
    public Optional<Verdict> verdict() {
        if (own.filter(Finding.SAME::equals).isPresent() || opinion.filter(Finding.SAME::equals).isPresent()) {
            return Optional.of(Verdict.ALIVE);
        }
        boolean convicted = looks > 0 && opinion.filter(Finding::convicts).isPresent();
        if (convicted || own.filter(Finding.NEWER::equals).isPresent()) {
            return Optional.of(Verdict.DEAD);
        }
        return ownVerdict().filter(known -> !awaitsWitness());
    }

    /** What its own looks say, if nobody says otherwise. */
    private Optional<Verdict> ownVerdict() {
        Optional<Verdict> known = own.flatMap(finding -> switch (finding) {
            case REFUSED, NEWER -> Optional.of(Verdict.DEAD);
            case SAME -> Optional.of(Verdict.ALIVE);
            // One attempt may be a lost packet, which is sent again only after a second.
            case UNREACHABLE -> looks > 1 ? Optional.of(Verdict.GONE) : Optional.empty();
            case STRANGER -> Optional.of(Verdict.UNDECIDED);
            case HUNG_UP, SILENT -> latestNanos - freshNanos >= PATIENCE.toNanos()
                    ? Optional.of(Verdict.UNDECIDED) : Optional.empty();
        });
        boolean tired = latestNanos - startedNanos >= UTMOST.toNanos();
        return known.or(() -> tired ? Optional.of(Verdict.UNDECIDED) : Optional.empty());
    }

    /** Returns whether the lifeline was closed and the port refuses: no network between can have made that up. */
    public boolean isBeyondDoubt() {
        return closed && own.filter(Finding.REFUSED::equals).isPresent();
    }

    private boolean awaitsWitness() {
        return awaited > 0 && !isBeyondDoubt() && latestNanos - awaitedUntilNanos < 0;
    }

    /** Returns whether somebody else found the same as this node. */
    public boolean isSeconded() {
        return own.isPresent() && opinion.filter(finding -> finding.convicts() || opinion.equals(own)).isPresent();
    }

    /** Returns whether the next thing to do is to look; else it is to wait for a witness, for {@link #pause()}. */
    public boolean mustLook() {
        return ownVerdict().isEmpty();
    }

    /** Returns how long to wait before the next look, at first next to nothing, then doubling; or for a witness. */
    public Duration pause() {
        if (!mustLook()) {
            return Duration.ofNanos(Math.max(0, awaitedUntilNanos - latestNanos));
        }
        int doublings = Math.max(0, Math.min(looks - 1, 5));
        return looks == 0 ? Duration.ZERO
                : Duration.ofNanos(Math.min(LAST_PAUSE_NANOS, FIRST_PAUSE_NANOS << doublings));
    }
}
