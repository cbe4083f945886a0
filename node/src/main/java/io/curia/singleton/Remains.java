package io.curia.singleton;

import io.curia.singleton.ReapingPlan.Origin;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What a keeper that was killed has left of its command: its first process went with it, others may not have. */
final class Remains {

    private static final long PAUSE_NANOS = 1_000_000;

    private Remains() {
    }

    /** Ends all of it, and returns when nothing is found any more. */
    static void end(SingletonPlan plan, Origin origin, Consumer<String> say) {
        try {
            ProcessTable table = new ProcessTable(KeeperDirectory.markIn(plan.directory().resolve("keeper.mark")));
            // What runs outside of its session is found by its mark only: whoever is seen in between is the next.
            for (ReapingPlan left = table.plan(origin); !left.doomed().isEmpty(); left = table.plan(origin)) {
                ProcessTable.signal(left.doomed(), true);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            say.accept("run: what the command has started cannot be found: " + e.getMessage());
        }
    }
}
