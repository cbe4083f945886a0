package io.curia.core.simulation;

import io.curia.model.Cause;
import io.curia.model.Drain;
import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.MemberKind;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore.Eviction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Evicts nodes and lets them in again, with the transactions of the command line. */
final class Operator {

    private final World world;

    Operator(World world) {
        this.world = world;
    }

    /** Evicts a node, master or not, for a time or until it is readmitted later; somebody stays. */
    void evict(Host host) {
        boolean last = world.hosts.stream().filter(other -> other != host && !world.inspector.isBarred(other))
                .noneMatch(other -> other.kind == MemberKind.CANDIDATE);
        if (world.inspector.isBarred(host) || last && world.dice.chance(0.8)) {
            return;
        }
        Instant now = Host.trueWall(world.now());
        boolean banned = world.dice.chance(0.5);
        long lasting = world.dice.between(2 * Climate.SECOND, 10 * Climate.SECOND);
        evict(host, now, banned ? Optional.of(now.plusNanos(lasting)) : Optional.empty());
        if (!banned) {
            world.agenda.after(lasting, () -> readmit(host));
        }
    }

    private void evict(Host host, Instant now, Optional<Instant> until) {
        MasterRecord master = world.tree.master();
        Ending ending = new Ending(Cause.EVICTED, false, "operator", "", now);
        // It may have queued just after the queue was listed.
        List<String> places = world.dice.chance(0.3) ? List.of() : world.tree.latch().placesOf(host.id);
        world.tree.roster(host.id).ifPresent(entry -> world.tree.evict(new Eviction(
                entry.evicted("operator", "", now, until), world.tree.live(host.id),
                master.tenure().filter(tenure -> tenure.id().equals(host.id) && tenure.ending().isEmpty())
                        .filter(tenure -> !world.mutation.evictionLeavesTenure())
                        .map(tenure -> new MasterRecord(Optional.of(tenure.ended(ending)), master.version()))),
                places));
        world.recordsMayHaveChanged();
    }

    /** Takes a node out of the running, for a time. */
    void drain(Host host) {
        if (world.tree.roster(host.id).filter(entry -> entry.notes().drain().isEmpty()).isPresent()) {
            note(host, Optional.of(new Drain("operator", "", Host.trueWall(world.now()))));
            world.agenda.after(world.dice.between(2 * Climate.SECOND, 15 * Climate.SECOND), () -> undrain(host));
        }
    }

    void undrain(Host host) {
        if (world.tree.roster(host.id).filter(entry -> entry.notes().drain().isPresent()).isPresent()) {
            note(host, Optional.empty());
        }
    }

    private void note(Host host, Optional<Drain> drain) {
        world.note(host, "drain", 0, () -> drain);
        world.inspector.onAside(host);
        world.tree.roster(host.id).ifPresent(entry ->
                world.tree.put(entry.noted(entry.notes().withDrain(drain))));
        world.recordsMayHaveChanged();
    }

    /** Makes the program on a host sick, for a time; its node hears of it with the next check. */
    void infect(Host host) {
        feel(host, true);
        world.agenda.after(world.dice.between(Climate.SECOND, 12 * Climate.SECOND), () -> feel(host, false));
    }

    void feel(Host host, boolean sick) {
        if (host.sick != sick) {
            host.sick = sick;
            world.inspector.onAside(host);
            host.process.ifPresent(process -> process.run(process::checkHealth));
        }
    }

    void readmit(Host host) {
        world.note(host, "readmit", 0, () -> "");
        world.tree.roster(host.id).filter(entry -> entry.standing() == RosterEntry.Standing.EVICTED)
                .ifPresent(entry -> world.tree.put(
                        entry.readmitted("operator", "", Host.trueWall(world.now()))));
        world.recordsMayHaveChanged();
    }
}
