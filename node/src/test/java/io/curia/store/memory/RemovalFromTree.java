package io.curia.store.memory;

import io.curia.model.Ending;
import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Claim;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes down what dead registrations hold, in one of a tree's transactions. */
final class RemovalFromTree {

    private final RecordTree records;
    private final NodeId self;
    private final List<Removal> removals;
    private final List<Removal> standing;
    private final MasterRecord master;
    private final Optional<Tenure> ended;

    RemovalFromTree(RecordTree records, NodeId self, List<Removal> removals) {
        this.records = records;
        this.self = self;
        this.removals = removals;
        this.standing = removals.stream().filter(this::stands).toList();
        this.master = records.master();
        this.ended = master.tenure().flatMap(tenure -> standing.stream()
                .filter(removal -> removal.ends(tenure))
                .map(removal -> tenure.ended(removal.endingBy(self)))
                .findFirst());
    }

    /** Returns whether nothing is left of the recorded tenure after this that a claim would have to wait for. */
    boolean isOver() {
        boolean concerned = master.tenure().filter(tenure -> removals.stream().anyMatch(each -> each.ends(tenure)))
                .isPresent();
        return ended.flatMap(Tenure::ending).map(Ending::confirmed).orElse(!concerned);
    }

    /** Returns the places in the latch that go. */
    List<String> places() {
        return standing.stream().flatMap(removal -> place(removal).stream()).toList();
    }

    private Optional<String> place(Removal removal) {
        return records.holderOf(removal.id()).flatMap(records.latch()::placeOf);
    }

    /** Removes whatever stands, and makes the claim, whose conditions hold. */
    Outcome commit(Optional<Claim> claim) {
        if (standing.isEmpty()) {
            return Outcome.of(Outcome.Kind.CONFLICT, "not registered any more: " + removals);
        }
        List<Happening> told = new ArrayList<>(ended.stream()
                .flatMap(tenure -> Happening.ending(tenure, true).stream()).toList());
        claim.ifPresent(made -> told.addAll(Happening.succession(
                ended.map(tenure -> new MasterRecord(ended, master.version())).orElse(master), made.tenure())));
        standing.forEach(removal -> told.add(removal.happening(records.roster(removal.id()).orElseThrow(), self)));
        standing.forEach(this::takeDown);
        Outcome outcome = claim.map(Claim::tenure).or(() -> ended)
                .map(tenure -> records.end(tenure, master.version())).orElse(Outcome.done(master.version()));
        return records.noting(outcome, told, removals.get(0).at());
    }

    private boolean stands(Removal removal) {
        return records.roster(removal.id())
                .filter(entry -> removal.concerns(entry, records.live(removal.id())))
                .isPresent();
    }

    private void takeDown(Removal removal) {
        RosterEntry entry = records.roster(removal.id()).orElseThrow();
        place(removal).ifPresent(records::deleteLatch);
        records.deleteLive(removal.id());
        records.put(entry.departed(removal.departureBy(self)));
    }
}
