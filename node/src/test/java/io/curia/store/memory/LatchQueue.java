package io.curia.store.memory;

import io.curia.model.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The latch's queue of ephemeral sequential places; numbers are never given out twice. */
public final class LatchQueue {

    private static final int DIGITS = 10;

    private final String prefix;
    private final TreeMap<String, Place> places = new TreeMap<>();
    private int next;

    private record Place(NodeId id, long session) {
    }

    LatchQueue(String prefix) {
        this.prefix = prefix;
    }

    /** Queues a session at the tail; returns whether it did not queue already. */
    boolean enter(long session, NodeId id) {
        if (placeOf(session).isPresent()) {
            return false;
        }
        String number = Integer.toString(next++);
        places.put(prefix + "0".repeat(DIGITS - number.length()) + number, new Place(id, session));
        return true;
    }

    /** Returns this session's place. */
    public Optional<String> placeOf(long session) {
        for (Map.Entry<String, Place> place : places.entrySet()) {
            if (place.getValue().session() == session) {
                return Optional.of(place.getKey());
            }
        }
        return Optional.empty();
    }

    /** Returns whether this place is at the head of the queue. */
    public boolean isFirst(String path) {
        return !places.isEmpty() && places.firstKey().equals(path);
    }

    /** Returns how many places are ahead of this one. */
    public int ahead(String path) {
        return places.headMap(path).size();
    }

    /** Returns the place right ahead of this one. */
    public Optional<String> predecessor(String path) {
        return Optional.ofNullable(places.lowerKey(path));
    }

    /** Returns whether this place stands, and nothing ahead of it does once these are {@code going}. */
    boolean isNext(String path, List<String> going) {
        return stands(path) && going.containsAll(places.headMap(path).keySet());
    }

    public boolean stands(String path) {
        return places.containsKey(path);
    }

    boolean delete(String path) {
        return places.remove(path) != null;
    }

    void dropSession(long session) {
        places.values().removeIf(place -> place.session() == session);
    }

    /** Returns the places of this node, whichever sessions hold them. */
    public List<String> placesOf(NodeId id) {
        return places.entrySet().stream().filter(place -> place.getValue().id().equals(id)).map(Map.Entry::getKey)
                .toList();
    }

    /** Returns who stands where, in order. */
    public Map<String, NodeId> owners() {
        Map<String, NodeId> owners = new TreeMap<>();
        places.forEach((path, place) -> owners.put(path, place.id()));
        return owners;
    }
}
