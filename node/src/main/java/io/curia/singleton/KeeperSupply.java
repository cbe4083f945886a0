package io.curia.singleton;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Starts a keeper where one was lost, at the same port, which the members know. */
final class KeeperSupply {

    private static final int MOST_STARTS = 6;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SingletonPlan plan;
    private final int port;
    private final Consumer<String> say;

    KeeperSupply(SingletonPlan plan, int port, Consumer<String> say) {
        this.plan = plan;
        this.port = port;
        this.say = say;
    }

    /** Returns the port of every keeper of this node. */
    int port() {
        return port;
    }

    /** Returns at once: a keeper takes a while to start, and nobody is to wait for that. */
    void replace(Consumer<KeeperLink> started, Runnable gaveUp) {
        Thread starting = new Thread(() -> {
            for (int tries = 0; tries < MOST_STARTS; tries++) {
                try {
                    started.accept(KeeperLink.start(plan, port));
                    return;
                } catch (IOException e) {
                    say.accept("run: " + e.getMessage());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            gaveUp.run();
        }, "curia-" + plan.id() + "-keeper");
        starting.setDaemon(true);
        starting.start();
    }
}
