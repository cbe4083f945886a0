package io.curia.http;

import io.curia.document.EventDocument;
import io.curia.document.Fields;
import io.curia.document.Json;
import io.curia.model.ClusterEvent;
import io.curia.store.History;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One reader of the stream and how far it has come. Nothing is kept for it but that: what it has not read yet stands in
 * the hub's memory of the history, and of this node's state only the newest matters. On the port's thread only.
 */
final class EventStream {

    /** Where a stream goes. */
    interface Reader {
        void follows(EventStream stream);

        /** Returns whether it has read enough of what it was told to be told more. */
        boolean isReady();

        void tell(String text);

        /** Ends it, because it does not read. */
        void drop();
    }

    private final Reader reader;
    private final EventHub hub;
    private final long back;
    private OptionalLong seen;
    private boolean stateIsNews = true;
    private long waitingSinceNanos;

    EventStream(Reader reader, EventHub hub, OptionalLong since, long back) {
        this.reader = reader;
        this.hub = hub;
        this.seen = since;
        this.back = back;
    }

    /** Returns the number of the last event that it was told, or has seen before; empty if it begins with the next. */
    OptionalLong seen() {
        return seen;
    }

    void stateChanged() {
        stateIsNews = true;
    }

    /** A reader that wants what comes from now on begins after {@code last}, or so much before it as it said. */
    void begin(long last) {
        if (seen.isEmpty()) {
            long after = Math.max(History.BEGINNING, last - back);
            seen = OptionalLong.of(after);
            // Its number alone, without an event: who is cut off now goes on after it.
            if (after > History.BEGINNING) {
                reader.tell("id: " + after + "\n\n");
            }
        }
    }

    /** The history began anew, with other numbers. */
    void anew(long last) {
        if (seen.isPresent() && seen.getAsLong() > last) {
            reader.tell(event("reset", "", new Fields().add("after", seen.getAsLong()).add("last", last).build()));
            seen = OptionalLong.of(History.BEGINNING);
        }
    }

    /** Tells what there is to tell, as far as the reader keeps up. */
    void pump() {
        while (reader.isReady() && tellNext()) {
            waitingSinceNanos = 0;
        }
        if (reader.isReady()) {
            waitingSinceNanos = 0;
        } else if (waitingSinceNanos == 0) {
            waitingSinceNanos = System.nanoTime() | 1;
        }
    }

    private boolean tellNext() {
        if (stateIsNews) {
            stateIsNews = false;
            reader.tell(event("state", "", hub.state()));
            return true;
        }
        if (seen.isEmpty() || !hub.remembersAfter(seen.getAsLong())) {
            return false;
        }
        long after = seen.getAsLong();
        List<ClusterEvent> next = hub.after(after, 1);
        long upTo = next.isEmpty() ? hub.last() : next.get(0).seq() - 1;
        if (upTo > after) {
            seen = OptionalLong.of(upTo);
            reader.tell(event("missed", "id: " + upTo + "\n",
                    new Fields().add("after", after).add("count", upTo - after).build()));
            return true;
        }
        next.forEach(this::tell);
        return !next.isEmpty();
    }

    private void tell(ClusterEvent event) {
        seen = OptionalLong.of(event.seq());
        reader.tell(event("history", "id: " + event.seq() + "\n", EventDocument.addTo(Fields.document(), event)));
    }

    private static String event(String type, String id, Map<String, Object> data) {
        return "event: " + type + "\n" + id + "data: " + Json.line(data) + "\n\n";
    }

    /** Shows that there is still somebody, to the reader and to whatever is in between. */
    void heartbeat() {
        if (reader.isReady()) {
            reader.tell(":\n\n");
        }
    }

    /** Ends it if the reader has not read for that long. */
    void dropIfSlow(long nanos) {
        if (waitingSinceNanos != 0 && System.nanoTime() - waitingSinceNanos >= nanos) {
            hub.gone(this);
            reader.drop();
        }
    }

    void begun() {
        reader.tell("retry: 1000\n\n");
    }

    /** The reader is gone. */
    void gone() {
        hub.gone(this);
    }
}
