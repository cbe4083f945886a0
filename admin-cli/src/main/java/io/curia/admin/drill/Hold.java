package io.curia.admin.drill;

import io.curia.admin.drill.Processes.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One victim in hand: untouched, then hurt, then put right. Putting right twice does it once. */
public final class Hold {

    /** How long a process may take to end after the signal: a SIGTERM waits for duties to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STEP_NANOS = 1_000_000;

    private final Hands hands;
    private final Victim victim;
    private final Optional<String> hurtLine;
    private final Optional<String> rightLine;
    private final Optional<LocalProcess> process;
    private boolean hurt;

    Hold(Hands hands, Victim victim, Optional<String> hurtLine, Optional<String> rightLine,
            Optional<LocalProcess> process) {
        this.hands = hands;
        this.victim = victim;
        this.hurtLine = hurtLine;
        this.rightLine = rightLine;
        this.process = process;
    }

    /** Hurts the victim: it has been signalled, or the command has ended. */
    public void hurt() {
        // Before it is tried: what failed half-way has to be put right as well.
        hurt = true;
        if (hurtLine.isPresent()) {
            hands.processes().run(hurtLine.get());
        } else if (!hands.processes().signal(process.orElseThrow(), hands.hurtingSignal())) {
            throw new DrillException("process " + victim.pid() + " of " + victim.id() + " had ended before the drill");
        }
    }

    /** Returns whether the victim has been hurt and not been put right. */
    public boolean isHurt() {
        return hurt;
    }

    /** Resumes or starts the victim if it is hurt. Once this has been tried, it is not tried again. */
    public void putRight() {
        if (!hurt) {
            return;
        }
        hurt = false;
        if (rightLine.isPresent()) {
            awaitEnd();
            hands.processes().run(rightLine.get());
        } else if (hands.fault().keepsProcess()) {
            hands.processes().signal(process.orElseThrow(), Signal.CONT);
        } else {
            awaitEnd();
            hands.start(victim.id().value(), process.flatMap(LocalProcess::launch).orElseThrow());
        }
    }

    /** Its successor in the same place would find the data directory and the port still taken. */
    private void awaitEnd() {
        if (hands.fault().keepsProcess() || process.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        while (hands.processes().isRunning(process.get())) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new DrillException("process " + victim.pid() + " of " + victim.id() + " still runs "
                        + PATIENCE.toSeconds() + " s after it was " + hands.fault().done()
                        + ", so it was not started again; look after it");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
