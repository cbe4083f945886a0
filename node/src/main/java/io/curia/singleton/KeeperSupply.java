package io.curia.singleton;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Starts the keeper, and another where one was lost, at the same port, which the members know. All on one thread that
 * never ends: the kernel takes its end for that of the process.
 */
final class KeeperSupply {

    private static final int MOST_STARTS = 6;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SingletonPlan plan;
    private final Consumer<String> say;
    private final ThreadPoolExecutor thread;
    private volatile int port;

    KeeperSupply(SingletonPlan plan, Consumer<String> say) {
        this.plan = plan;
        this.say = say;
        this.port = plan.port();
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread created = new Thread(task, "curia-" + plan.id() + "-keeper");
            created.setDaemon(true);
            return created;
        });
    }

    /** Returns the port of every keeper of this node, once there is one. */
    int port() {
        return port;
    }

    /** Returns the first keeper, when it is ready. */
    KeeperLink first() throws IOException {
        CompletableFuture<KeeperLink> started = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                started.complete(KeeperLink.start(plan, port));
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            KeeperLink link = started.join();
            port = link.port();
            return link;
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Returns at once: a keeper takes a while to start, and nobody is to wait for that. */
    void replace(Consumer<KeeperLink> started, Runnable gaveUp) {
        thread.execute(() -> {
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
        });
    }
}
