package io.curia.core.simulation;

import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.NodeSession.Claim;
import io.curia.store.NodeSession.Removal;
import io.curia.store.NodeSession.Removed;
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
    private final Optional<Claim> claim;
    private final long sent;
    private MasterRecord master = MasterRecord.VACANT;
    private List<RosterEntry> standing = List.of();

    private boolean claimed;

    SimulatedRemoval(World world, NodeProcess process, List<Removal> removals, Optional<Claim> claim) {
        this.world = world;
        this.process = process;
        this.removals = removals;
        this.claim = claim;
        this.sent = process.host.localNanos(world.now());
    }

    void send(Consumer<Removed> onOutcome) {
        process.session.send(this::read, outcome -> {
            if (outcome.isDone()) {
                process.session.send(() -> world.coroner.witnessed(process, removals, this::commit),
                        done -> onOutcome.accept(new Removed(done, claimed)));
            } else {
                onOutcome.accept(new Removed(outcome, false));
            }
        });
    }

    private Outcome read() {
        master = world.tree.master();
        standing = standing(world.tree, removals);
        return Outcome.done(0);
    }

    private Outcome commit() {
        boolean moved = world.tree.master().version() != master.version();
        if (moved && world.mutation.removalOverlooksClaims()) {
            return takeDown(world.tree, removals);
        }
        if (moved || !standing.equals(standing(world.tree, removals))) {
            return Outcome.of(Outcome.Kind.CONFLICT, "what was read has changed");
        }
        Removed removed = world.tree.remove(process.host.id, removals, claim);
        claimed = removed.claimed();
        if (claimed) {
            process.confirming(claim.orElseThrow().tenure().claimId(), sent, removed.outcome());
        }
        return removed.outcome();
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
