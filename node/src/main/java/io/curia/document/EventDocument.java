package io.curia.document;

import io.curia.model.ClusterEvent;
import io.curia.model.Epoch;
import io.curia.model.Happening;
import java.time.Duration;
import java.util.Map;

/** One event of the history. */
public final class EventDocument {

    private EventDocument() {
    }

    /** Adds the fields of an event to a document, and returns the whole. */
    public static Map<String, Object> addTo(Fields fields, ClusterEvent event) {
        Happening what = event.what();
        return fields.add("seq", event.seq()).add("zxid", event.zxid())
                .add("time", Fields.timestamp(event.time())).add("type", event.type().name())
                .add("id", what.id().map(Object::toString).orElse(null))
                .add("incarnation", what.incarnation().map(Object::toString).orElse(null))
                .add("epoch", what.epoch().map(Epoch::number).orElse(null))
                .add("cause", what.cause().map(Enum::name).orElse(null))
                .add("actor", emptyToNull(what.actor())).add("reason", emptyToNull(what.reason()))
                .add("durationMs", what.duration().map(Duration::toMillis).orElse(null)).build();
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
