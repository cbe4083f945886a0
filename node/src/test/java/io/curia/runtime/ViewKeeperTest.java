package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.ClusterView;
import io.curia.model.Intents;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Versioned;
import io.curia.store.TestRecords;
import io.curia.store.memory.MemoryEnsemble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The view that a node tells others. */
class ViewKeeperTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryEnsemble cluster = MemoryEnsemble.cluster("demo");
    private final ScheduledExecutorService chores = Executors.newSingleThreadScheduledExecutor();
    private final ViewKeeper keeper = new ViewKeeper(cluster.store(), chores, view -> { });

    @AfterEach
    void end() {
        chores.shutdownNow();
    }

    /** The next reading may be a minute away; whoever asks is to hear of a pause as soon as the node has. */
    @Test
    void whatOperatorsWantIsToldWithoutAReading() {
        cluster.join("n1");
        keeper.start(1);
        Awaitility.await().atMost(PATIENCE).until(() -> keeper.view().isPresent());
        ClusterView read = keeper.view().orElseThrow();
        Pause pause = new Pause(read.readAt().plusSeconds(60), "ann", "upgrade", TestRecords.NOON);

        keeper.wanted(new Intents(Versioned.none(), new Versioned<>(Optional.of(pause), 1),
                Optional.of(List.of(new Intents.Place("/latch/1", NodeId.of("n1"))))));

        ClusterView told = keeper.view().orElseThrow();
        assertThat(told.pause()).contains(pause);
        assertThat(told.intents().queue()).as("a view's queue was not looked at").isEmpty();
        assertThat(told.members()).isEqualTo(read.members());
        assertThat(told.readAt()).isEqualTo(read.readAt());
    }

    /** A page that follows the events is drawn anew for every view that is another object. */
    @Test
    void aViewIsTheSameObjectUntilSomethingChanges() {
        cluster.join("n1");
        keeper.start(1);
        Awaitility.await().atMost(PATIENCE).until(() -> keeper.view().isPresent());
        keeper.wanted(new Intents(Versioned.none(), Versioned.none(), Optional.empty()));
        ClusterView shown = keeper.view().orElseThrow();

        keeper.wanted(new Intents(Versioned.none(), Versioned.none(), Optional.empty()));

        assertThat(keeper.view().orElseThrow()).isSameAs(shown);
    }
}
