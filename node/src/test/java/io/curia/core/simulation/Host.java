package io.curia.core.simulation;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine that runs one node after another under the same id. It has a clock of its own, of an arbitrary origin
 * and slightly wrong speed, and a cable that can be cut.
 */
final class Host {

    /** Clocks of computers are off by a few dozen parts per million; ours are worse. */
    static final double MAX_DRIFT = 0.0002;

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    final int number;
    final NodeId id;
    final MemberKind kind;
    final Endpoint address;
    Priority priority = Priority.DEFAULT;
    /** Whether the program on this host asks for its health before it stands for election. */
    boolean gated;
    boolean sick;
    /** Whether the program on this host is asked before each promotion. */
    boolean asked;
    /** How often it has said no: not often enough for nobody to be left. */
    int refusals;
    private final long clockOrigin;
    private final double clockRate;
    private final long wallSkewNanos;

    boolean linkUp = true;
    /** Grows with every cut, so that a cut that is over does nothing late. */
    int cuts;
    /** Since when nothing was wrong with this host's process or cable. */
    long wellSince;
    Epoch epochFloor = Epoch.NONE;
    /** The session of the last process that ran here: the next may end it. */
    long ticket;
    /** When an operator last deleted one of this host's znodes by hand. */
    long tamperedAt = Long.MIN_VALUE / 2;
    Optional<NodeProcess> process = Optional.empty();

    Host(int number, MemberKind kind, Dice dice) {
        this.number = number;
        this.id = NodeId.of("n" + number);
        this.kind = kind;
        this.address = new Endpoint("10.0.0." + number, 8000);
        this.clockOrigin = dice.between(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
        this.clockRate = 1 + MAX_DRIFT * (2 * dice.fraction() - 1);
        this.wallSkewNanos = dice.between(-Climate.SECOND, Climate.SECOND);
    }

    long localNanos(long virtual) {
        return clockOrigin + (long) (virtual * clockRate);
    }

    /** Returns the first virtual time at which this host's clock has reached {@code local}. */
    long virtualNanos(long local) {
        long guess = (long) ((local - clockOrigin) / clockRate);
        while (localNanos(guess) - local < 0) {
            guess++;
        }
        return guess;
    }

    Instant wall(long virtual) {
        return trueWall(virtual + wallSkewNanos);
    }

    static Instant trueWall(long virtual) {
        return NEW_YEAR.plusNanos(virtual);
    }

    /** Returns the process if it is running: not frozen, not ended. */
    Optional<NodeProcess> running() {
        return process.filter(NodeProcess::isRunning);
    }
}
