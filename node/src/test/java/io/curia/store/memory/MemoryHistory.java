package io.curia.store.memory;

import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.store.History;
import io.curia.store.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The history kept in a {@link MemoryEnsemble}. */
final class MemoryHistory implements History {

    private final SharedTree tree;
    private final Clock clock;
    private final UnaryOperator<RecordTree> made;

    /** @param made returns a tree that was made, or throws */
    MemoryHistory(SharedTree tree, Clock clock, UnaryOperator<RecordTree> made) {
        this.tree = tree;
        this.clock = clock;
        this.made = made;
    }

    @Override
    public void append(List<Happening> happenings) {
        tree.reach(any -> tree.change(records ->
                made.apply(records).noting(Outcome.done(0), happenings, clock.instant())));
    }

    @Override
    public Excerpt after(long seq, Set<EventType> types) {
        return tree.reach(records -> {
            List<ClusterEvent> all = made.apply(records).history().events();
            long last = all.isEmpty() ? BEGINNING : all.get(all.size() - 1).seq();
            List<ClusterEvent> later = all.stream().filter(event -> event.seq() > seq).toList();
            return new Excerpt(later.stream().filter(event -> types.contains(event.type())).toList(), last,
                    Math.max(0, last - seq - later.size()));
        });
    }

    @Override
    public void watch(Runnable whenChanged) {
        tree.reach(records -> records);
        tree.watchOnce(records -> records.history().events(), whenChanged);
    }

    @Override
    public int trim() {
        return tree.reach(any -> tree.change(records -> records.history().trim()));
    }
}
