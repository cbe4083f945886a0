package io.curia.http;

import io.curia.model.ClusterEvent;
import io.curia.model.ClusterView;
import io.curia.model.EventType;
import io.curia.runtime.NodeState;
import io.curia.runtime.WatchState;
import io.curia.store.History;
import io.curia.store.StoreException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all readers of the stream share: one memory of the history, read once for all of them, and one look at the node.
 * While nobody reads, it does nothing and remembers nothing. On the port's thread only, but for the reading.
 */
final class EventHub {

    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);
    private static final long RETRY_MILLIS = 1_000;
    /** More than the history remembers, so that a whole reading of it fits. */
    private static final int MAX_EVENTS = 3_000;
    /** A watch tells of what is new; it is looked for all the same now and then. */
    private static final Duration READ_EVERY = Duration.ofSeconds(30);

    /** What of a node is news when it is another; how long a mastership stays valid is not. */
    private record Look(NodeState state, boolean valid, Optional<ClusterView> view, Optional<WatchState> watch) {

        boolean differsFrom(Look other) {
            // The same view is the same object: comparing those of large clusters would cost more than it saves.
            return !state.equals(other.state) || valid != other.valid || !watch.equals(other.watch)
                    || view.orElse(null) != other.view.orElse(null);
        }
    }

    private final Subject subject;
    private final Executor reader;
    private final EventLoop loop;
    private final HttpLimits limits;
    private final Set<EventStream> streams = new LinkedHashSet<>();
    private final AtomicBoolean watching = new AtomicBoolean();
    /** Everything remembered with a number above {@link #after}, up to {@link #last}. */
    private final List<ClusterEvent> events = new ArrayList<>();
    private long after;
    private long last;
    private boolean known;
    private boolean reading;
    private boolean again;
    private boolean retrying;
    private Look look;
    private ScheduledFuture<?> looking;
    private ScheduledFuture<?> beating;
    private ScheduledFuture<?> readingNow;

    EventHub(Subject subject, Executor reader, EventLoop loop, HttpLimits limits) {
        this.subject = subject;
        this.reader = reader;
        this.loop = loop;
        this.limits = limits;
    }

    /**
     * Takes another reader on, if there is room; it is told nothing before the loop's next turn. Without {@code since}
     * it begins so many events {@code back}.
     */
    boolean open(EventStream.Reader client, OptionalLong since, long back) {
        if (streams.size() >= limits.maxStreams()) {
            return false;
        }
        EventStream stream = new EventStream(client, this, since, back);
        client.follows(stream);
        streams.add(stream);
        if (streams.size() == 1) {
            look = lookNow();
            looking = every(limits.look(), this::look);
            beating = every(limits.heartbeat(), () -> List.copyOf(streams).forEach(EventStream::heartbeat));
            readingNow = every(READ_EVERY, this::read);
        }
        loop.execute(() -> {
            stream.begun();
            stream.pump();
            read();
        });
        return true;
    }

    private ScheduledFuture<?> every(Duration time, Runnable task) {
        return loop.scheduleWithFixedDelay(task, time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void gone(EventStream stream) {
        if (streams.remove(stream) && streams.isEmpty()) {
            looking.cancel(false);
            beating.cancel(false);
            readingNow.cancel(false);
            events.clear();
            known = false;
        }
    }

    // This node.

    private Look lookNow() {
        return new Look(subject.state(), subject.validity().isPresent(), subject.view(), subject.watch());
    }

    private void look() {
        Look now = lookNow();
        if (now.differsFrom(look)) {
            look = now;
            streams.forEach(EventStream::stateChanged);
        }
        pumpAll();
        List.copyOf(streams).forEach(stream -> stream.dropIfSlow(limits.write().toNanos()));
    }

    private void pumpAll() {
        List.copyOf(streams).forEach(EventStream::pump);
    }

    /** Returns what this node says of itself now, and its lifelines. */
    Map<String, Object> state() {
        Map<String, Object> fields = NodeDocument.of(subject).fields();
        fields.put("lifelines", NodeDocument.lifelines(subject.watch()));
        return fields;
    }

    // The history.

    /** Returns whether all that is remembered after this number is known here. */
    boolean remembersAfter(long seq) {
        return known && seq >= after;
    }

    /** Returns the number of the last event recorded. */
    long last() {
        return last;
    }

    /** Returns at most so many of the events after this number, oldest first. */
    List<ClusterEvent> after(long seq, int most) {
        // The numbers stand in order and nearly without gaps, so the place is near where it would be without any.
        int place = (int) Math.max(0, Math.min(events.size(), events.size() - (last - seq)));
        while (place > 0 && events.get(place - 1).seq() > seq) {
            place--;
        }
        while (place < events.size() && events.get(place).seq() <= seq) {
            place++;
        }
        return events.subList(place, Math.min(events.size(), place + most));
    }

    private void read() {
        if (reading || streams.isEmpty()) {
            again = reading;
            return;
        }
        Optional<History> history = subject.history();
        if (history.isEmpty()) {
            retry();
            return;
        }
        long from = wanted();
        reading = true;
        try {
            reader.execute(() -> read(history.get(), from));
        } catch (RejectedExecutionException e) {
            reading = false;
            retry();
        }
    }

    private void retry() {
        if (!retrying) {
            retrying = true;
            loop.schedule(() -> {
                retrying = false;
                read();
            }, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** From where on something is to be read: the least that any reader has seen, if that is not remembered here. */
    private long wanted() {
        long here = known ? last : Long.MAX_VALUE;
        return streams.stream().map(EventStream::seen).flatMapToLong(OptionalLong::stream)
                .filter(seen -> !remembersAfter(seen)).reduce(here, Math::min);
    }

    private void read(History history, long from) {
        try {
            if (watching.compareAndSet(false, true)) {
                // Set before reading, so that nothing falls between the two.
                history.watch(() -> {
                    watching.set(false);
                    onLoop(this::read);
                });
            }
            History.Excerpt excerpt = history.after(from, ALL);
            onLoop(() -> learn(from, excerpt));
        } catch (StoreException e) {
            LOG.debug("the history could not be read: {} {}", e.kind(), e.getMessage());
            watching.set(false);
            onLoop(() -> {
                reading = false;
                retry();
            });
        }
    }

    private void onLoop(Runnable task) {
        if (!loop.isShuttingDown()) {
            loop.execute(task);
        }
    }

    private void learn(long from, History.Excerpt excerpt) {
        reading = false;
        if (known && excerpt.last() < last) {
            known = false;
        }
        if (!known || from < after) {
            events.clear();
            events.addAll(excerpt.events());
            after = Math.min(from, excerpt.last());
        } else {
            excerpt.events().stream().filter(event -> event.seq() > last).forEach(events::add);
        }
        known = !streams.isEmpty();
        last = excerpt.last();
        if (events.size() > MAX_EVENTS) {
            List<ClusterEvent> oldest = events.subList(0, events.size() - MAX_EVENTS);
            after = oldest.get(oldest.size() - 1).seq();
            oldest.clear();
        }
        streams.forEach(stream -> {
            stream.anew(last);
            stream.begin(last);
        });
        boolean missing = streams.stream().map(EventStream::seen)
                .anyMatch(seen -> seen.isPresent() && !remembersAfter(seen.getAsLong()));
        pumpAll();
        if (again || missing) {
            again = false;
            read();
        }
    }
}
