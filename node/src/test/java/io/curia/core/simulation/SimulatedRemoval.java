package io.curia.core.simulation;

import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import io.curia.store.memory.RecordTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A removal as the service sees it: first what stands is read, then that is taken down if it still stands. */
final class SimulatedRemoval {

    private final World world;
    private final NodeProcess process;
    private final List<Removal> removals;
    private MasterRecord master = MasterRecord.VACANT;
    private List<RosterEntry> standing = List.of();

    SimulatedRemoval(World world, NodeProcess process, List<Removal> removals) {
        this.world = world;
        this.process = process;
        this.removals = removals;
    }

    void send(Consumer<Outcome> onOutcome) {
        process.session.send(this::read, outcome -> {
            if (outcome.isDone()) {
                process.session.send(() -> world.coroner.witnessed(process, removals, this::commit), onOutcome);
            } else {
                onOutcome.accept(outcome);
            }
        });
    }

    private Outcome read() {
        master = world.tree.master();
        standing = standing(world.tree, removals);
        return Outcome.done(0);
    }

    private Outcome commit() {
        boolean claimed = world.tree.master().version() != master.version();
        if (claimed && world.mutation.removalOverlooksClaims()) {
            return takeDown(world.tree, removals);
        }
        if (claimed || !standing.equals(standing(world.tree, removals))) {
            return Outcome.of(Outcome.Kind.CONFLICT, "what was read has changed");
        }
        return world.tree.remove(process.host.id, removals);
    }

    private static List<RosterEntry> standing(RecordTree tree, List<Removal> removals) {
        return removals.stream().flatMap(removal -> tree.roster(removal.id())
                .filter(entry -> removal.concerns(entry, tree.live(removal.id()))).stream()).toList();
    }

    /** Removes what stands, and leaves the tenure of a removed master as it was: a bug, for those who seed them. */
    static Outcome takeDown(RecordTree tree, List<Removal> removals) {
        List<RosterEntry> found = standing(tree, removals);
        for (RosterEntry entry : found) {
            Optional<String> place = tree.holderOf(entry.id()).flatMap(tree.latch()::placeOf);
            place.ifPresent(tree::deleteLatch);
            tree.deleteLive(entry.id());
            tree.put(entry.departed(removals.get(0).departureBy(NodeId.of("sim"))));
        }
        return found.isEmpty() ? Outcome.of(Outcome.Kind.CONFLICT, "nobody there") : Outcome.done(0);
    }
}
