package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.store.FencedWrite;
import io.curia.store.Outcome;
import io.curia.store.Outcome.Kind;
import io.curia.store.TestRecords;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a handle of a mastership tells, by the clock and by what became of its writes. */
class MastershipTest {

    private long nanos = 100;
    private Outcome outcome = Outcome.done(0);
    private final Mastership mastership = new Mastership(TestRecords.tenure(
            TestRecords.candidate("n1", 1), 7, "/latch/1"), "uuid", 3, 200,
            (version, writes) -> CompletableFuture.completedFuture(outcome), () -> nanos);

    private CompletableFuture<Void> write() {
        return mastership.fenced(List.of(FencedWrite.check("/register", FencedWrite.ANY_VERSION)));
    }

    @Test
    void itIsValidUntilItsGuardHasRunOutAndNotAMomentLonger() {
        assertThat(mastership.isValid()).isTrue();
        nanos = 199;
        assertThat(mastership.isValid()).isTrue();
        nanos = 200;
        assertThat(mastership.isValid()).isFalse();
    }

    /** The answer to a write may be the first that a deposed master hears of it. */
    @Test
    void aWriteThatTheFenceRefusedEndsItForGood() {
        outcome = Outcome.of(Kind.FENCED, "the record has moved on");

        assertThat(write()).isCompletedExceptionally();

        assertThat(mastership.isValid()).isFalse();
        mastership.extend(300);
        assertThat(mastership.isValid()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "FENCED", mode = EnumSource.Mode.EXCLUDE)
    void anyOtherOutcomeOfAWriteSaysNothingAboutIt(Kind kind) {
        outcome = Outcome.of(kind, "");

        write();

        assertThat(mastership.isValid()).isTrue();
    }
}
