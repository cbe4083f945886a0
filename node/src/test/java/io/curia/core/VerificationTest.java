package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Verification.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of {@link Verification}, row by row. */
class VerificationTest {

    private static final long START = 1_000_000;
    private static final Verification BEGUN = Verification.begun(START);

    @ParameterizedTest
    @CsvSource({"REFUSED,DEAD", "NEWER,DEAD", "SAME,ALIVE", "STRANGER,UNDECIDED"})
    void oneLookIsEnoughForWhatLeavesNoDoubt(Finding finding, Verdict verdict) {
        assertThat(BEGUN.after(finding, START).verdict()).contains(verdict);
    }

    @ParameterizedTest
    @EnumSource(value = Finding.class, names = {"HUNG_UP", "SILENT"})
    void whatADyingProcessDoesTooIsLookedAtAgain(Finding finding) {
        assertThat(BEGUN.after(finding, START).verdict()).isEmpty();
        assertThat(BEGUN.after(finding, START).after(Finding.REFUSED, START).verdict()).contains(Verdict.DEAD);
    }

    @Test
    void anUnreachableAddressIsLookedAtTwice() {
        Verification once = BEGUN.after(Finding.UNREACHABLE, START);

        assertThat(once.verdict()).isEmpty();
        assertThat(once.after(Finding.UNREACHABLE, START).verdict()).contains(Verdict.GONE);
    }

    @ParameterizedTest
    @EnumSource(value = Finding.class, names = {"HUNG_UP", "SILENT"})
    void whatStaysInDoubtIsLeftToTheSession(Finding finding) {
        long late = START + Verification.PATIENCE.toNanos();

        assertThat(BEGUN.after(finding, late - 1).verdict()).isEmpty();
        assertThat(BEGUN.after(finding, late).verdict()).contains(Verdict.UNDECIDED);
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void aVerdictStandsWhateverIsFoundLater(Finding later) {
        Verification alive = BEGUN.after(Finding.SAME, START);

        assertThat(alive.after(later, START + 1)).isEqualTo(alive);
    }

    @Test
    void theFirstLookIsAtOnceAndTheNextOnesAreFurtherAndFurtherApart() {
        Verification verification = BEGUN;
        assertThat(verification.pause()).isZero();
        Duration before = Duration.ZERO;
        for (int look = 0; look < 12; look++) {
            verification = verification.after(Finding.SILENT, START);
            assertThat(verification.pause()).isPositive().isGreaterThanOrEqualTo(before)
                    .isLessThanOrEqualTo(Duration.ofMillis(16));
            before = verification.pause();
        }
    }
}
