package io.curia.runtime;

import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.Incarnation;
import io.curia.model.RosterEntry;
import java.util.List;
import java.util.Optional;

/** The registrations that this run of a node has asked for: each is the proof that the one before it has ended. */
final class Registrations {

    private final String node;
    private Optional<Incarnation> last = Optional.empty();
    private Optional<Incarnation> before = Optional.empty();

    Registrations(String node) {
        this.node = node;
    }

    /** Registers as this incarnation; returns what became of the one in the roster, if nobody has noted it. */
    List<Happening> endBefore(Incarnation incarnation, RosterEntry entry) {
        if (!last.equals(Optional.of(incarnation))) {
            before = last;
            last = Optional.of(incarnation);
        }
        Optional<Incarnation> noted = entry.incarnation().filter(found -> !found.equals(incarnation));
        if (noted.isEmpty() || entry.departure().isPresent()) {
            return List.of();
        }
        return List.of(noted.equals(before)
                ? Happening.ended(EventType.EXPIRED, entry, node, "its registration was gone; it registers anew")
                : Happening.ended(EventType.CRASHED, entry, node, "an earlier run of it ended without leaving"));
    }
}
