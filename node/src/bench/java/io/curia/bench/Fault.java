package io.curia.bench;

import java.util.List;
import java.util.Locale;

/** What is done to a cluster of candidates, and who can stand it. */
enum Fault {
    KILL("kill -9"),
    FRESH("kill -9, all processes new"),
    AGAIN("kill -9, successor was master before"),
    DOUBLE("kill -9 of master and next"),
    STANDBY("kill -9 of a standby"),
    TERM("SIGTERM"),
    STOP("SIGSTOP, SIGCONT"),
    BLINK("SIGSTOP for 2 s"),
    RESTART("kill -9, started again at once"),
    SLANDER("live master removed as dead"),
    CUT("master cut off from ZooKeeper");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /**
     * Returns whose rounds say something. That a process is new, or not, makes milliseconds, which do not show in a
     * session timeout; a bare leader whose place is taken away leads on for ever, and a pause that costs nobody
     * anything is the same with and without the fast path.
     */
    List<Arm> arms() {
        return switch (this) {
            case FRESH, AGAIN, SLANDER, BLINK -> List.of(Arm.FAST);
            case KILL, DOUBLE, STANDBY, TERM, STOP, RESTART, CUT -> List.of(Arm.values());
        };
    }

    /** Returns whether this arm sits a session timeout out; such rounds do not mind each other's company. */
    boolean waitsForSession(Arm arm) {
        return switch (this) {
            case STOP, CUT -> true;
            case TERM, SLANDER, BLINK -> false;
            case RESTART -> arm == Arm.BARE;
            case KILL, FRESH, AGAIN, DOUBLE, STANDBY -> arm != Arm.FAST;
        };
    }

    /** Returns what Curia's values are held against. */
    Goal[] goals(Setup setup, Measure measure) {
        if (!setup.isSmall() || measure != (this == STANDBY ? Measure.GONE : Measure.MASTER)) {
            return new Goal[0];
        }
        return switch (this) {
            case KILL, FRESH, AGAIN -> new Goal[] {Goal.median(15), Goal.p99(60)};
            case DOUBLE -> new Goal[] {Goal.p99(150)};
            case STANDBY -> new Goal[] {Goal.median(50)};
            case TERM -> new Goal[] {Goal.median(12), Goal.p99(50)};
            case STOP, BLINK, RESTART, SLANDER, CUT -> new Goal[0];
        };
    }

    String words() {
        return words;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
