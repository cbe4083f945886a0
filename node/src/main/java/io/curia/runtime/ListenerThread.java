package io.curia.runtime;

import io.curia.core.Farewell;
import io.curia.model.ClusterView;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the application, in order, on a thread of its own. What an application throws is logged and, where it would
 * leave a master without duties, reported; it never harms the node.
 */
final class ListenerThread {

    private static final Logger log = LoggerFactory.getLogger(ListenerThread.class);

    private final List<NodeListener> listeners;
    private final ExecutorService thread;
    /** Views that nobody has been told of yet: at most one, the newest. */
    private final AtomicReference<ClusterView> untold = new AtomicReference<>();
    /** Since when each call is asked for that has not returned, oldest first, by the monotonic clock. */
    private final Queue<Long> askedNanos = new ConcurrentLinkedQueue<>();
    /** The mastership whose duties were begun and not told to stop. */
    private volatile Optional<Mastership> atDuties = Optional.empty();

    ListenerThread(String name, List<NodeListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        });
    }

    void state(NodeState state) {
        tell("onState", listener -> listener.onState(state), () -> { });
    }

    /** Begins duties; {@code failed} runs if a listener could not. */
    void master(Mastership mastership, Runnable failed) {
        atDuties = Optional.of(mastership);
        tell("onMaster", listener -> listener.onMaster(mastership), failed);
    }

    /** Stops duties; {@code stopped} runs when every listener has returned, whether or not it threw. */
    void mastershipEnding(Mastership mastership, boolean planned, String reason, Runnable stopped) {
        atDuties = Optional.empty();
        submit(() -> {
            call("onMastershipEnding", listener -> listener.onMastershipEnding(mastership, planned, reason));
            stopped.run();
        });
    }

    /**
     * The node ends without having been able to end its mastership first: returns when duties have stopped, if there
     * are any, or after {@code patience}. Whoever follows may begin as soon as the session is closed.
     */
    void cease(String reason, Duration patience) {
        atDuties.ifPresent(held -> {
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            mastershipEnding(held, false, reason, () -> stopped.complete(null));
            stopped.completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS).join();
        });
    }

    void view(ClusterView view) {
        if (untold.getAndSet(Objects.requireNonNull(view)) == null) {
            submit(() -> {
                ClusterView newest = untold.getAndSet(null);
                call("onView", listener -> listener.onView(newest));
            });
        }
    }

    /** Tells of the end and lets the thread go once it has told everything. */
    void ended(Farewell farewell) {
        tell("onEnded", listener -> listener.onEnded(farewell), () -> { });
        thread.shutdown();
    }

    private void tell(String what, Consumer<NodeListener> call, Runnable failed) {
        submit(() -> {
            if (!call(what, call)) {
                failed.run();
            }
        });
    }

    /** Returns how long the oldest call that has not returned has been asked for; zero if there is none. */
    Duration oldestCall() {
        Long asked = askedNanos.peek();
        return asked == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - asked));
    }

    private void submit(Runnable task) {
        if (listeners.isEmpty()) {
            task.run(); // Calls nobody, so nobody can hold up whoever asks, and there is no thread to be had for it.
            return;
        }
        try {
            askedNanos.add(System.nanoTime());
            thread.execute(() -> {
                try {
                    task.run();
                } finally {
                    askedNanos.poll();
                }
            });
        } catch (RejectedExecutionException e) {
            askedNanos.clear();
            // Only after onEnded, which is the last word by contract.
            log.debug("a listener call after the end was dropped", e);
        }
    }

    private boolean call(String what, Consumer<NodeListener> call) {
        boolean allReturned = true;
        for (NodeListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException | Error e) {
                log.error("{} of {} threw", what, listener.getClass().getName(), e);
                allReturned = false;
            }
        }
        return allReturned;
    }
}
