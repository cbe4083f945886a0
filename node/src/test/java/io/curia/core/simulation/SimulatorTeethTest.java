package io.curia.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.simulation.Simulation.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That nothing was found means something only because each of these is found. */
class SimulatorTeethTest {

    private static final long SEEDS = 5_000;
    private static final long SOUND_SEEDS = 500;

    @ParameterizedTest
    @EnumSource
    void seededBugIsCaught(SeededBug bug) {
        Optional<Verdict> caught = LongStream.range(0, SEEDS).parallel()
                .mapToObj(seed -> Simulation.run(seed, bug.bias(), bug.mutation()))
                .filter(verdict -> verdict.violation().isPresent())
                .findAny();

        assertThat(caught).as(bug + " survived " + SEEDS + " seeds").isPresent();
    }

    /** Else it could be the bias that is caught, and not the bug. */
    @ParameterizedTest
    @MethodSource("biases")
    void biasAloneViolatesNothing(Bias bias) {
        List<String> violations = LongStream.range(0, SOUND_SEEDS).parallel()
                .mapToObj(seed -> Simulation.run(seed, bias, Mutation.NONE))
                .flatMap(verdict -> verdict.violation().map(what -> "seed " + verdict.seed() + ": " + what).stream())
                .toList();

        assertThat(violations).isEmpty();
    }

    private static Stream<Bias> biases() {
        return Arrays.stream(SeededBug.values()).map(SeededBug::bias).filter(bias -> !bias.equals(Bias.NONE))
                .distinct();
    }
}
