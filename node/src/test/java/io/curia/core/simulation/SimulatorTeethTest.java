package io.curia.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.simulation.Simulation.Verdict;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That nothing was found means something only because each of these is found. */
class SimulatorTeethTest {

    private static final long SEEDS = 20_000;

    @ParameterizedTest
    @EnumSource
    void seededBugIsCaught(SeededBug bug) {
        Optional<Verdict> caught = LongStream.range(0, SEEDS).parallel()
                .mapToObj(seed -> Simulation.run(seed, bug.mutation()))
                .filter(verdict -> verdict.violation().isPresent())
                .findAny();

        assertThat(caught).as(bug + " survived " + SEEDS + " seeds").isPresent();
    }
}
