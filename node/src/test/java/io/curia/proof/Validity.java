package io.curia.proof;

import io.curia.runtime.Mastership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks every mastership that this process ever held whether it is valid, a thousand times a second and more, and notes
 * what it is told. It asks as an application would: after a freeze, the first question comes before any event.
 */
final class Validity implements Runnable {

    private static final long PAUSE_NANOS = 500_000;
    private static final long GAP_NANOS = 100_000_000;

    private final Supplier<Optional<Mastership>> current;
    private final boolean heedless;
    private final StretchLog stretches;
    private final WriteLog log;
    private final List<Asked> asked = new ArrayList<>();

    /** A mastership, and the stretch that lasts, if one does. */
    private static final class Asked {
        private final Mastership mastership;
        private int slot = -1;

        Asked(Mastership mastership) {
            this.mastership = mastership;
        }
    }

    /** With {@code heedless} a mastership counts as valid for ever, as it does for programs that never ask. */
    Validity(Supplier<Optional<Mastership>> current, boolean heedless, StretchLog stretches, WriteLog log) {
        this.current = current;
        this.heedless = heedless;
        this.stretches = stretches;
        this.log = log;
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            asked.forEach(this::ask);
            current.get().filter(found -> asked.stream().noneMatch(each -> each.mastership == found))
                    .ifPresent(found -> asked.add(new Asked(found)));
            long now = System.nanoTime();
            if (now - last > GAP_NANOS) {
                log.gap(last, now);
            }
            last = now;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void ask(Asked each) {
        long before = System.nanoTime();
        boolean valid = each.mastership.isValid() || heedless;
        long after = System.nanoTime();
        long until = after + each.mastership.remaining().toNanos();
        if (!valid) {
            each.slot = -1;
        } else if (each.slot < 0) {
            each.slot = stretches.begin(each.mastership.epoch().number(), after, until);
        } else {
            stretches.extend(each.slot, before, until);
        }
    }
}
