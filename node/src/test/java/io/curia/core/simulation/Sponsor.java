package io.curia.core.simulation;

import io.curia.core.Event;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import java.time.Instant;
import java.util.Optional;

/** The member that a node asks to be let in; it can be dialled, so no live duplicate is mistaken for a ghost. */
final class Sponsor {

    private Sponsor() {
    }

    static Event answer(World world, NodeProcess asking) {
        Optional<Host> sponsor = world.hosts.stream().filter(host -> host != asking.host).filter(Sponsor::canSponsor)
                .findFirst();
        if (sponsor.isEmpty() || !asking.host.linkUp) {
            return new Event.NobodyAnswered("nobody there");
        }
        Instant now = sponsor.get().wall(world.now());
        Optional<RosterEntry> found = world.tree.roster(asking.host.id);
        if (found.filter(entry -> entry.bars(now)).isPresent()) {
            return new Event.JoinRefused(RefusalReason.EVICTED, "evicted");
        }
        String actor = sponsor.get().id.value();
        if (found.isEmpty()) {
            world.tree.put(RosterEntry.admitted(asking.host.id, asking.host.kind, actor, "asked", now));
        } else if (found.get().standing() == RosterEntry.Standing.EVICTED) {
            world.tree.put(found.get().readmitted(actor, "ban ended", now));
        }
        world.recordsMayHaveChanged();
        return new Event.JoinAccepted();
    }

    private static boolean canSponsor(Host host) {
        return host.linkUp && host.running().filter(process -> process.session.isConnected()
                && (process.core.role() == Role.STANDBY || process.core.role() == Role.MASTER)).isPresent();
    }
}
