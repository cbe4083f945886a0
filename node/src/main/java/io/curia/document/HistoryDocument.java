package io.curia.document;

import io.curia.model.ClusterEvent;
import io.curia.model.ClusterIdentity;
import io.curia.model.EventType;
import io.curia.model.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The masterships in their order, and what operators did about them. */
public final class HistoryDocument {

    private static final Set<EventType> TYPES = EnumSet.of(EventType.MASTER_ELECTED, EventType.MASTER_LOST,
            EventType.SWITCHOVER, EventType.PAUSED, EventType.RESUMED);

    private HistoryDocument() {
    }

    /** Returns the types of the events that it is made of. */
    public static Set<EventType> types() {
        return EnumSet.copyOf(TYPES);
    }

    /** Returns what of these events operators did, since the first of these masterships began. */
    public static List<ClusterEvent> acts(List<Reign> reigns, List<ClusterEvent> events) {
        Optional<Instant> first = reigns.stream().flatMap(reign -> reign.since().stream()).findFirst();
        return events.stream().filter(event -> switch (event.type()) {
            case SWITCHOVER, PAUSED, RESUMED -> first.map(begin -> !event.time().isBefore(begin)).orElse(true);
            default -> false;
        }).toList();
    }

    /** Returns the document of these masterships, of which one may last, and acts. */
    public static Fields of(ClusterIdentity cluster, List<Reign> reigns, List<ClusterEvent> acts, Instant now) {
        return Fields.document().add("cluster", cluster.name()).add("uuid", cluster.uuid())
                .add("masterships", reigns.stream().map(reign -> fields(reign, now)).toList())
                .add("acts", acts.stream().map(event -> EventDocument.addTo(new Fields(), event)).toList());
    }

    private static Map<String, Object> fields(Reign reign, Instant now) {
        Optional<Happening> begun = reign.elected().map(ClusterEvent::what);
        Optional<Happening> ended = reign.lost().map(ClusterEvent::what);
        return new Fields().add("epoch", reign.epoch().number()).add("id", reign.id().value())
                .add("incarnation", begun.or(() -> ended).flatMap(Happening::incarnation).map(Object::toString)
                        .orElse(null))
                .add("since", reign.since()).add("until", reign.until())
                .add("durationMs", reign.lasted(now).map(Duration::toMillis).orElse(null))
                .add("gapMs", reign.gap().map(Duration::toMillis).orElse(null))
                .add("cause", begun.flatMap(Happening::cause).map(Enum::name).orElse(null))
                .add("endCause", ended.flatMap(Happening::cause).map(Enum::name).orElse(null))
                .add("endedBy", ended.map(Happening::actor).filter(actor -> !actor.isEmpty()).orElse(null))
                .add("endReason", ended.map(Happening::reason).filter(reason -> !reason.isEmpty()).orElse(null))
                .build();
    }
}
