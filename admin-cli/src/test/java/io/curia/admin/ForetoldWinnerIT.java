package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.curia.model.Epoch;
import io.curia.model.MasterRecord;
import io.curia.model.Tenure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --dry-run} says who will be master; then the same command is given in earnest, and whoever was named must be.
 * On clusters of real nodes that differ in priority, some of them observers, drained, unfit, flapping, restarted a
 * moment ago. {@code -Dforetold.rounds=N} has it predict N winners; {@code -Dforetold.seed=N} repeats what is done.
 */
class ForetoldWinnerIT {

    private static final String ROUNDS = "foretold.rounds";
    private static final int ROUNDS_A_CLUSTER = 25;
    private static final double LEAST_RIGHT = 0.999;

    private final List<String> wrong = new ArrayList<>();
    private Random dice;
    private int winners;
    private int refusals;
    private int without;

    @TempDir
    private Path scratch;

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    @EnabledIfSystemProperty(named = ROUNDS, matches = "[1-9]\\d*", disabledReason = "a second for every round")
    void whoeverTheDryRunNamesIsMasterAfterwards() throws Exception {
        int rounds = Integer.getInteger(ROUNDS);
        long seed = Long.getLong("foretold.seed", System.currentTimeMillis());
        dice = new Random(seed);
        try (TestingServer zooKeeper = new TestingServer()) {
            for (int number = 1; winners < rounds; number++) {
                try (MixedCluster cluster = MixedCluster.start(zooKeeper.getConnectString(), "c" + number, scratch,
                        dice)) {
                    for (int i = 0; i < ROUNDS_A_CLUSTER && winners < rounds; i++) {
                        round(cluster);
                    }
                }
                System.out.println("foretold: " + words(seed));
            }
        }

        assertThat(1 - wrong.size() / (double) (winners + refusals)).as(words(seed)).isGreaterThanOrEqualTo(
                LEAST_RIGHT);
    }

    private String words(long seed) {
        return winners + " winners and " + refusals + " refusals foretold, " + without
                + " times there was no master to ask of, wrong " + wrong.size() + ", seed " + seed
                + (wrong.isEmpty() ? "" : ":\n" + String.join("\n\n", wrong));
    }

    private void round(MixedCluster cluster) throws IOException {
        List<String> acts = new ArrayList<>();
        for (int i = dice.nextInt(3); i > 0; i--) {
            acts.add(cluster.act());
        }
        if (dice.nextBoolean()) {
            long millis = dice.nextInt(dice.nextBoolean() ? 500 : 5_000);
            Awaitility.await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
        }
        cluster.await(view -> view.currentMaster().isPresent());
        String line = command(cluster);
        MixedCluster.Ran foretold = cluster.run(line + " --dry-run -o json");
        MixedCluster.Ran done = cluster.run(line + " --yes");
        if (foretold.code() == 6 || done.code() == 6) {
            without++;
            return;
        }
        JsonNode said = MixedCluster.json(foretold);
        String came = said.get("possible").asBoolean() ? winner(cluster, said, done) : refusal(done);
        if (!came.isEmpty()) {
            wrong.add(line + " after " + acts + ": " + came + "\nforetold: " + said.toPrettyString() + "\ndone: "
                    + done.code() + " " + done.said() + done.printed() + cluster.run("members -o wide").printed()
                    + cluster.run("history").printed());
            System.out.println("foretold wrongly: " + wrong.get(wrong.size() - 1));
        }
    }

    private String command(MixedCluster cluster) {
        int kind = dice.nextInt(20);
        if (kind < 9) {
            return "switchover --to " + cluster.ids().get(dice.nextInt(cluster.ids().size()));
        }
        return kind < 17 ? "switchover" : "step-down --cooldown " + (1 + dice.nextInt(5)) + "s";
    }

    /** Returns what was wrong with it; nothing if it was right. */
    private String winner(MixedCluster cluster, JsonNode said, MixedCluster.Ran done) {
        winners++;
        Epoch before = new Epoch(said.get("epoch").asLong());
        boolean thereAlready = said.get("winner").equals(said.get("master"));
        MasterRecord record = cluster.look(store -> store.master());
        Optional<Tenure> next = record.tenure().filter(tenure ->
                tenure.epoch().equals(thereAlready ? before : before.next()));
        if (done.code() != 0) {
            return "it ended with " + done.code();
        }
        return next.filter(tenure -> tenure.id().value().equals(said.get("winner").asText())).isPresent() ? ""
                : "the record says " + record.tenure();
    }

    private String refusal(MixedCluster.Ran done) {
        refusals++;
        return done.code() == 7 ? "" : "foretold as impossible, it ended with " + done.code();
    }
}
