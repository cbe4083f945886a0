package io.curia.http;

import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.NodeId;
import io.curia.store.History;
import io.curia.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A history that a test writes, forgets, and cuts off. */
final class FakeHistory implements History {

    final AtomicInteger readings = new AtomicInteger();
    private final List<ClusterEvent> events = new ArrayList<>();
    private final List<Runnable> watchers = new ArrayList<>();
    private long next;
    private boolean cutOff;

    /** Records an event of epoch {@code epoch}, with so long a reason, and tells whoever watches. */
    void record(EventType type, long epoch, int reasonLength) {
        List<Runnable> told;
        synchronized (this) {
            events.add(new ClusterEvent(next, 100 + next, FakeNode.NOW.plusSeconds(next), new Happening(type,
                    Optional.of(NodeId.of("n2")), Optional.empty(), Optional.of(new Epoch(epoch)),
                    Optional.of(Cause.CRASH), "n3", "x".repeat(reasonLength), Optional.empty())));
            next++;
            told = List.copyOf(watchers);
            watchers.clear();
        }
        told.forEach(Runnable::run);
    }

    void record(EventType type, long epoch) {
        record(type, epoch, 0);
    }

    /** Forgets what came up to this number. */
    synchronized void forget(long upTo) {
        events.removeIf(event -> event.seq() <= upTo);
    }

    /** Begins anew, as after ZooKeeper was restored. */
    synchronized void beginAnew() {
        events.clear();
        next = 0;
    }

    synchronized void cutOff(boolean now) {
        cutOff = now;
        if (now) {
            List<Runnable> told = List.copyOf(watchers);
            watchers.clear();
            told.forEach(Runnable::run);
        }
    }

    private void reach() {
        if (cutOff) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "cut off, with a secret");
        }
    }

    @Override
    public synchronized Excerpt after(long seq, Set<EventType> types) {
        readings.incrementAndGet();
        reach();
        List<ClusterEvent> later = events.stream().filter(event -> event.seq() > seq).toList();
        return new Excerpt(later.stream().filter(event -> types.contains(event.type())).toList(), next - 1,
                Math.max(0, next - 1 - seq - later.size()));
    }

    @Override
    public synchronized void watch(Runnable whenChanged) {
        reach();
        watchers.add(whenChanged);
    }

    @Override
    public void append(List<Happening> happenings) {
        throw new UnsupportedOperationException("nobody writes over HTTP");
    }

    @Override
    public int trim() {
        throw new UnsupportedOperationException("nobody writes over HTTP");
    }
}
