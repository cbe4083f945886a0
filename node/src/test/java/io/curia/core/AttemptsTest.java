package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** The monotonic clock may stand anywhere, also where it is about to overflow. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final Attempts attempts = new Attempts();

    private boolean tryAt(long nanos) {
        attempts.begin(nanos);
        return attempts.tryNow(ActionKind.REGISTER);
    }

    private void completeAt(long nanos, Result result) {
        attempts.begin(nanos);
        attempts.completed(ActionKind.REGISTER, result);
    }

    @Test
    void actionUnderWayIsNotIssuedAgain() {
        assertThat(tryAt(START)).isTrue();
        assertThat(tryAt(START + SECOND)).isFalse();
    }

    @Test
    void actionThatNeverCameBackIsIssuedAgainInTheEnd() {
        tryAt(START);

        assertThat(tryAt(START + 60 * SECOND)).isTrue();
    }

    @Test
    void everyResultIsFollowedByAPauseAndThenByAnotherTry() {
        for (Result result : Result.values()) {
            attempts.reset();
            tryAt(START);
            completeAt(START + 1, result);

            assertThat(tryAt(START + 2)).as("at once after " + result).isFalse();
            assertThat(attempts.wakeAt()).as("woken after " + result).isPresent();
            assertThat(tryAt(START + SECOND)).as("later after " + result).isTrue();
        }
    }

    @Test
    void settledActionMayFollowAtOnce() {
        tryAt(START);
        attempts.settled(ActionKind.REGISTER);

        assertThat(tryAt(START + 1)).isTrue();
    }

    @Test
    void kindsDoNotHoldEachOtherUp() {
        tryAt(START);

        assertThat(attempts.tryNow(ActionKind.CLAIM)).isTrue();
    }

    @Test
    void earliestDeadlineStillToComeWakes() {
        attempts.begin(START);

        assertThat(attempts.reached(START)).isTrue();
        assertThat(attempts.reached(START + 3 * SECOND)).isFalse();
        assertThat(attempts.reached(START + 2 * SECOND)).isFalse();
        assertThat(attempts.wakeAt()).isEqualTo(OptionalLong.of(START + 2 * SECOND));
    }

    @Test
    void everyDecisionCollectsItsDeadlinesAnew() {
        attempts.begin(START);
        attempts.reached(START + SECOND);

        attempts.begin(START + 1);

        assertThat(attempts.wakeAt()).isEmpty();
    }
}
