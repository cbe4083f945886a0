package io.curia.admin;

import io.curia.model.ClusterEvent;
import io.curia.model.Epoch;
import io.curia.model.Happening;
import java.time.Duration;
import java.util.Map;

/** One event as documents and tables spell it. */
final class EventFields {

    private EventFields() {
    }

    /** Adds the fields of an event to a document. */
    static Map<String, Object> addTo(Fields fields, ClusterEvent event) {
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

    /** Returns {@code 12ms}, {@code 4.213s}, {@code 5m} or {@code 2h5m}: exact only where it is short. */
    static String spell(Duration length) {
        if (length.toMillis() < 1_000) {
            return length.toMillis() + "ms";
        }
        return length.toSeconds() < 60 ? String.format("%d.%03ds", length.toSeconds(), length.toMillisPart())
                : Age.spell(length);
    }

    /** Returns the style in which a kind of event is shown. */
    static Table.Style style(ClusterEvent event) {
        return switch (event.type()) {
            case CRASHED, EXPIRED, MASTER_LOST -> Table.Style.BAD;
            case EVICTED, JOIN_REFUSED, PAUSED -> Table.Style.WARNING;
            case MASTER_ELECTED -> Table.Style.GOOD;
            case JOINED, LEFT, READMITTED, SWITCHOVER, RESUMED, OTHER -> Table.Style.PLAIN;
        };
    }
}
