package io.curia.store.memory;

import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.model.Happening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of one cluster, numbered in the order in which they came. */
public final class HistoryRings {

    private final List<ClusterEvent> events = new ArrayList<>();
    private long next;

    void add(List<Happening> happenings, long zxid, Instant now) {
        happenings.forEach(what -> events.add(new ClusterEvent(next++, zxid, now, what)));
    }

    /** Returns what is remembered, oldest first. */
    public List<ClusterEvent> events() {
        return List.copyOf(events);
    }

    /** Forgets what exceeds a ring; returns how many events that were. */
    int trim() {
        int before = events.size();
        for (EventType.Ring ring : EventType.Ring.values()) {
            List<ClusterEvent> inRing = events.stream().filter(event -> event.type().ring() == ring).toList();
            events.removeAll(inRing.subList(0, Math.max(0, inRing.size() - ring.capacity())));
        }
        return before - events.size();
    }
}
