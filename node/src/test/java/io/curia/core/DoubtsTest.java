package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.NodeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is doubted, and for how long. */
class DoubtsTest {

    private static final NodeId ONE = NodeId.of("n1");
    private static final NodeId OTHER = NodeId.of("n2");
    private static final long MOMENT = Duration.ofSeconds(1).toNanos();

    private final Attempts attempts = new Attempts();
    private final Doubts doubts = new Doubts(attempts);

    private boolean isDoubtedAt(long nanos, NodeId id) {
        attempts.begin(nanos);
        return doubts.isDoubted(id);
    }

    @Test
    void whoHungUpIsDoubtedForAMoment() {
        doubts.onHungUp(ONE, Long.MAX_VALUE);

        assertThat(isDoubtedAt(Long.MAX_VALUE + MOMENT - 1, ONE)).isTrue();
        assertThat(attempts.wakeAt()).as("decided anew when it is over").hasValue(Long.MAX_VALUE + MOMENT);
        assertThat(isDoubtedAt(Long.MAX_VALUE + MOMENT, ONE)).isFalse();
    }

    @Test
    void nobodyElseIs() {
        doubts.onHungUp(ONE, 0);

        assertThat(isDoubtedAt(0, OTHER)).isFalse();
        assertThat(attempts.wakeAt()).isEmpty();
    }

    @Test
    void whoHangsUpAgainIsDoubtedFromThenOn() {
        doubts.onHungUp(ONE, 0);
        doubts.onHungUp(ONE, MOMENT - 1);

        assertThat(isDoubtedAt(MOMENT, ONE)).isTrue();
    }

    @Test
    void anyNumberThatHangUpTakeNoMoreThanSoMuchMemoryAndTheRestIsTrusted() {
        for (int each = 0; each < Doubts.MOST; each++) {
            doubts.onHungUp(NodeId.of("x" + each), 0);
        }
        doubts.onHungUp(ONE, 0);
        assertThat(isDoubtedAt(0, ONE)).isFalse();

        doubts.onHungUp(ONE, MOMENT);

        assertThat(isDoubtedAt(MOMENT, ONE)).as("once the others are forgotten").isTrue();
    }
}
