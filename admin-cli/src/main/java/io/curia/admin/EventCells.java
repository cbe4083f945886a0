package io.curia.admin;

import io.curia.model.ClusterEvent;
import java.time.Duration;

/** What of an event tables spell in a way of their own. */
final class EventCells {

    private EventCells() {
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
