package io.curia.store.memory;

import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.model.Versioned;
import java.util.List;
import java.util.Optional;

/** What operators want of the mastership: two records, each with its version. Empty from the start. */
final class IntentRecords {

    private Versioned<Switchover> switchover = new Versioned<>(Optional.empty(), 0);
    private Versioned<Pause> pause = new Versioned<>(Optional.empty(), 0);

    Versioned<Switchover> switchover() {
        return switchover;
    }

    Versioned<Pause> pause() {
        return pause;
    }

    int store(Versioned<Switchover> decided) {
        switchover = new Versioned<>(decided.what(), switchover.version() + 1);
        return switchover.version();
    }

    int storePause(Versioned<Pause> decided) {
        pause = new Versioned<>(decided.what(), pause.version() + 1);
        return pause.version();
    }

    /** Returns both, with the queue. */
    Intents with(LatchQueue latch) {
        List<Place> queue = latch.owners().entrySet().stream()
                .map(place -> new Place(place.getKey(), place.getValue())).toList();
        return new Intents(switchover, pause, Optional.of(queue));
    }

    /** Returns both, and the queue if there is a switchover that may make its order matter. */
    Intents asOf(LatchQueue latch) {
        return switchover.what().isPresent() ? with(latch)
                : new Intents(switchover, pause, Optional.empty());
    }
}
