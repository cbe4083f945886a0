package io.curia.store.memory;

import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes down what dead registrations hold, in one of a tree's transactions. */
final class RemovalFromTree {

    private final RecordTree records;
    private final NodeId self;

    RemovalFromTree(RecordTree records, NodeId self) {
        this.records = records;
        this.self = self;
    }

    Outcome remove(List<Removal> removals) {
        List<Removal> standing = Removal.require(self, removals).stream().filter(this::stands).toList();
        if (standing.isEmpty()) {
            return Outcome.of(Outcome.Kind.CONFLICT, "not registered any more: " + removals);
        }
        MasterRecord master = records.master();
        Optional<Tenure> ended = master.tenure().flatMap(tenure -> standing.stream()
                .filter(removal -> removal.ends(tenure))
                .map(removal -> tenure.ended(removal.endingBy(self)))
                .findFirst());
        List<Happening> told = new ArrayList<>(ended.stream()
                .flatMap(tenure -> Happening.ending(tenure, true).stream()).toList());
        standing.forEach(removal -> told.add(removal.happening(records.roster(removal.id()).orElseThrow(), self)));
        standing.forEach(this::takeDown);
        Outcome outcome = ended.map(tenure -> records.end(tenure, master.version()))
                .orElse(Outcome.done(master.version()));
        return records.noting(outcome, told, removals.get(0).at());
    }

    private boolean stands(Removal removal) {
        return records.roster(removal.id())
                .filter(entry -> removal.concerns(entry, records.live(removal.id())))
                .isPresent();
    }

    private void takeDown(Removal removal) {
        RosterEntry entry = records.roster(removal.id()).orElseThrow();
        records.holderOf(removal.id()).flatMap(records.latch()::placeOf).ifPresent(records::deleteLatch);
        records.deleteLive(removal.id());
        records.put(entry.departed(removal.departureBy(self)));
    }
}
