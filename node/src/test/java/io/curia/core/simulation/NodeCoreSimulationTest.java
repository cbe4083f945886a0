package io.curia.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.simulation.Simulation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Several cores on one faulty store, many times over.
 *
 * <p>{@code -Dsimulation.seeds=N} runs N seeds, {@code -Dsimulation.from=N} begins elsewhere, and
 * {@code -Dsimulation.seed=N} runs that one and prints its trace.
 */
class NodeCoreSimulationTest {

    private static final long SEEDS = Long.getLong("simulation.seeds", 20_000);
    private static final long FROM = Long.getLong("simulation.from", 0);

    @Test
    void invariantsHoldWhateverGoesWrong() throws IOException {
        Long single = Long.getLong("simulation.seed");
        if (single != null) {
            Verdict verdict = Simulation.traced(single);
            verdict.trace().forEach(System.out::println);
            assertThat(verdict.violation()).as("seed " + single).isEmpty();
            return;
        }
        List<Verdict> failures = LongStream.range(FROM, FROM + SEEDS).parallel()
                .mapToObj(seed -> Simulation.run(seed, Bias.NONE, Mutation.NONE))
                .filter(verdict -> verdict.violation().isPresent())
                .toList();
        if (!failures.isEmpty()) {
            Path trace = keepTrace(failures.get(0).seed());
            assertThat(failures).as("run again with -Dsimulation.seed=N; trace of the first in " + trace)
                    .extracting(verdict -> "seed " + verdict.seed() + ": " + verdict.violation().orElseThrow())
                    .isEmpty();
        }
    }

    private static Path keepTrace(long seed) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "simulation"));
        return Files.write(directory.resolve("seed-" + seed + ".txt"), Simulation.traced(seed).trace());
    }

    @Test
    void sameSeedGivesTheSameTrace() {
        LongStream.range(0, 50).forEach(seed -> {
            Verdict first = Simulation.traced(seed);
            Verdict again = Simulation.traced(seed);
            assertThat(again.trace()).as("trace of seed " + seed).isEqualTo(first.trace());
            assertThat(again.hash()).as("hash of seed " + seed).isEqualTo(first.hash());
        });
    }

    @Test
    void anotherSeedGivesAnotherTrace() {
        assertThat(LongStream.range(0, 50).map(seed -> Simulation.traced(seed).hash()).distinct().count())
                .isEqualTo(50);
    }
}
