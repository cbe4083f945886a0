package io.curia.singleton;

import io.curia.singleton.ReapingPlan.Origin;
import java.io.IOException;
import java.util.function.Consumer;

/** What a keeper that was killed has left of its command: its first process went with it, others may not have. */
final class Remains {

    private Remains() {
    }

    /** Ends all of it, and returns when nothing is found any more. */
    static void end(SingletonPlan plan, Origin origin, Consumer<String> say) {
        try {
            Reaper.end(new ProcessTable(KeeperDirectory.markIn(plan.directory().resolve("keeper.mark"))), origin);
        } catch (IOException e) {
            say.accept("run: what the command has started cannot be found: " + e.getMessage());
        }
    }
}
