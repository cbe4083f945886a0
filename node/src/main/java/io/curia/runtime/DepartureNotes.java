package io.curia.runtime;

import io.curia.model.ClusterView;
import io.curia.model.Departure;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.MemberKind;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's duty to the roster: a member that vanished without a word gets that noted, so that it can be listed
 * with since when it is down. Each note is conditional on the entry read and on the epoch; a lost race is no loss,
 * because whoever won it knows better.
 */
final class DepartureNotes {

    private static final Logger log = LoggerFactory.getLogger(DepartureNotes.class);

    private final String node;
    private final ClusterStore store;
    private final Supplier<Optional<Mastership>> mastership;

    DepartureNotes(String node, ClusterStore store, Supplier<Optional<Mastership>> mastership) {
        this.node = node;
        this.store = store;
        this.mastership = mastership;
    }

    /** Notes every departure that this view shows and the roster does not, if this node is master. */
    void note(ClusterView view) {
        for (MemberView member : view.members()) {
            Optional<Mastership> held = mastership.get().filter(Mastership::isValid);
            if (held.isEmpty()) {
                return;
            }
            if (vanished(member)) {
                note(member.roster(), view.readAt(), held.get());
            }
        }
    }

    private static boolean vanished(MemberView member) {
        RosterEntry entry = member.roster();
        return member.status() == MemberStatus.DOWN && entry.kind() != MemberKind.GUEST
                && entry.incarnation().isPresent() && entry.departure().isEmpty();
    }

    private void note(RosterEntry entry, Instant at, Mastership held) {
        try {
            store.putFenced(entry.departed(new Departure(Departure.How.EXPIRED, at)), held.masterVersion(),
                    List.of(Happening.ended(EventType.EXPIRED, entry, node, "its session ended without a word")));
            log.info("{}: member {} is down, epoch={}: its session ended without a word", node, entry.id(),
                    held.epoch());
        } catch (StoreException e) {
            log.debug("{}: the departure of {} was not noted: {} {}", node, entry.id(), e.kind(), e.getMessage());
        }
    }
}
