package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Farewell;
import io.curia.core.Moment;
import io.curia.core.NodeCore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the core. Everybody else posts; it steps, performs what was decided, and publishes.
 *
 * <p>The queue is bounded: what fills it can only be a bug, and ends the node through the one door for faults.
 * It takes no room until it is filled.
 */
final class EventLoop {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
    private static final int CAPACITY = 10_000;

    /** What the loop drives; each call comes from the loop's own thread. */
    interface Driven {
        void perform(Action action);

        void published();

        boolean hasEnded();

        /** Ends the node at once because of a bug. */
        void fault(Throwable bug);
    }

    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final NodeCore core;
    private final Driven driven;
    private final Journal journal;
    private final Metering metering;
    private final Clock wallClock;
    private final Thread thread;
    /** When the loop last took something up; 0 while it waits for something to do. */
    private volatile long busySinceNanos;

    EventLoop(String name, NodeCore core, Driven driven, Journal journal, Metering metering, Clock wallClock) {
        this.core = core;
        this.journal = journal;
        this.metering = metering;
        this.driven = driven;
        this.wallClock = wallClock;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Hands the event to the loop; never waits. */
    void post(Event event) {
        if (!queue.offer(event)) {
            log.error("{}: event queue is full at {} events; the node ends", thread.getName(), CAPACITY);
            queue.clear();
            queue.offer(new Event.Failed(Farewell.Kind.FAILED, "event queue full"));
        }
    }

    /** Returns how many events wait. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        try {
            step(new Event.Ticked());
            while (!driven.hasEnded()) {
                Event event = next();
                step(event == null ? new Event.Ticked() : event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            driven.fault(e);
        } catch (RuntimeException | Error e) {
            driven.fault(e);
        }
    }

    private Event next() throws InterruptedException {
        OptionalLong wakeAt = core.wakeAt();
        if (wakeAt.isEmpty()) {
            return queue.take();
        }
        Event event = queue.poll(Math.max(0, wakeAt.getAsLong() - System.nanoTime()), TimeUnit.NANOSECONDS);
        Moment now = now();
        journal.woke(wakeAt.getAsLong(), now);
        if (event == null) {
            metering.woke(wakeAt.getAsLong(), now.nanos());
        }
        return event;
    }

    private Moment now() {
        return new Moment(System.nanoTime(), wallClock.instant());
    }

    /** Returns for how long the loop has been at one event; zero while it waits for the next, or has ended. */
    Duration busy() {
        long since = busySinceNanos;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
    }

    private void step(Event event) {
        busySinceNanos = System.nanoTime() | 1;
        Moment now = now();
        List<Action> actions = core.step(event, now);
        actions.forEach(driven::perform);
        // Afterwards: what is taken down must not delay what is done.
        journal.heard(event, now);
        actions.forEach(action -> journal.did(action, now));
        driven.published();
        busySinceNanos = 0;
        metering.turned(event, actions, now, System.nanoTime());
    }
}
