package io.curia.core.simulation;

import io.curia.core.Event;
import io.curia.core.JoinPolicy;
import io.curia.core.JoinPolicy.Applicant;
import io.curia.core.Refusal;
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
        Applicant applicant = new Applicant(asking.host.id, asking.core.incarnation(), asking.host.kind);
        Optional<RosterEntry> found = world.tree.roster(applicant.id());
        Optional<Refusal> objection = JoinPolicy.objection(applicant, found, world.tree.live(applicant.id()), false,
                now);
        if (objection.isPresent()) {
            return new Event.JoinRefused(objection.get().reason(), objection.get().detail());
        }
        JoinPolicy.admission(applicant, found, sponsor.get().id, now).ifPresent(world.tree::put);
        world.recordsMayHaveChanged();
        return new Event.JoinAccepted();
    }

    private static boolean canSponsor(Host host) {
        return host.linkUp && host.running().filter(process -> process.session.isConnected()
                && (process.core.role() == Role.STANDBY || process.core.role() == Role.MASTER)).isPresent();
    }
}
