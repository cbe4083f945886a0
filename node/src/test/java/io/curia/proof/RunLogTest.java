package io.curia.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checker of the proof of {@code node run} can fail. */
class RunLogTest {

    private static RunLog log(String... lines) {
        return new RunLog(Stream.of(lines).map(RunLine::parse).toList());
    }

    @Test
    void oneAfterTheOtherIsNoOverlap() {
        RunLog log = log("start 1 n1 100 main 1.00 5", "beat 1 n1 100 child 1.05", "stop 1 n1 100 main 1.10",
                "start 2 n2 200 main 1.10 6", "beat 2 n2 200 main 1.15");

        assertThat(log.overlaps()).isEmpty();
        assertThat(log.epochsThatFell()).isEmpty();
        assertThat(log.lastStart().orElseThrow().run()).isEqualTo(200);
    }

    @Test
    void aBeatOfAnEarlierRunIsAnOverlap() {
        List<String> overlaps = log("start 1 n1 100 main 1.00 5", "start 2 n2 200 main 1.10 6",
                "beat 1 n1 100 daemon 1.15").overlaps();

        assertThat(overlaps).singleElement().asString().contains("daemon", "50 ms");
    }

    @Test
    void soIsOneOfAnEarlierRunOfTheSameEpoch() {
        assertThat(log("start 1 n1 100 main 1.00 5", "start 1 n1 101 main 1.10 6", "beat 1 n1 100 child 1.15")
                .overlaps()).hasSize(1);
    }

    @Test
    void anEpochThatFallsIsTold() {
        assertThat(log("start 2 n1 100 main 1.00 5", "start 1 n2 200 main 1.10 6").epochsThatFell()).hasSize(1);
    }
}
