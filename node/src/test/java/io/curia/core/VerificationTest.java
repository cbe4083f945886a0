package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Verification.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of {@link Verification}, row by row, then what a witness and a standstill change in it. */
class VerificationTest {

    private static final long START = Long.MAX_VALUE - 1_000_000;
    private static final long MILLI = 1_000_000;
    private static final Verification BEGUN = Verification.begun(false, START);
    private static final Verification ASKING = BEGUN.asking(1, START);
    private static final long PATIENCE_ENDS = START + Verification.OPINION_PATIENCE.toNanos();

    /** Looks every ten milliseconds, and sees the same each time. */
    private static Verification looking(Finding finding, Duration lasting) {
        Verification looking = BEGUN;
        for (long past = 0; past <= lasting.toNanos(); past += 10 * MILLI) {
            looking = looking.after(finding, START + past);
        }
        return looking;
    }

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
        assertThat(looking(finding, Verification.PATIENCE.minusMillis(10)).verdict()).isEmpty();
        assertThat(looking(finding, Verification.PATIENCE).verdict()).contains(Verdict.UNDECIDED);
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void aVerdictStandsWhateverIsFoundLater(Finding later) {
        Verification alive = BEGUN.after(Finding.SAME, START);

        assertThat(alive.after(later, START + 1)).isEqualTo(alive);
        assertThat(alive.told(Optional.of(later), START + 1)).isEqualTo(alive);
        assertThat(alive.at(START + Duration.ofHours(1).toNanos())).isEqualTo(alive);
    }

    @Test
    void theFirstLookIsAtOnceAndTheNextOnesAreFurtherAndFurtherApart() {
        Verification verification = BEGUN;
        assertThat(verification.pause()).isZero();
        Duration before = Duration.ZERO;
        for (int look = 0; look < 12; look++) {
            verification = verification.after(Finding.SILENT, START);
            assertThat(verification.mustLook()).isTrue();
            assertThat(verification.pause()).isPositive().isGreaterThanOrEqualTo(before)
                    .isLessThanOrEqualTo(Duration.ofMillis(16));
            before = verification.pause();
        }
    }

    // A witness.

    @Test
    void aWitnessIsWaitedForWhenThisNodeWouldActAndNoLongerThanItsPatience() {
        Verification refused = ASKING.after(Finding.REFUSED, START + MILLI);

        assertThat(refused.verdict()).isEmpty();
        assertThat(refused.mustLook()).isFalse();
        assertThat(refused.pause()).isEqualTo(Verification.OPINION_PATIENCE.minusMillis(1));
        assertThat(refused.at(PATIENCE_ENDS - 1).verdict()).isEmpty();
        assertThat(refused.at(PATIENCE_ENDS).verdict()).contains(Verdict.DEAD);
        assertThat(refused.at(PATIENCE_ENDS).isSeconded()).isFalse();
    }

    /** Only the system at the other end closes a connection; a firewall in between can but reset it. */
    @Test
    void nobodyIsWaitedForWhenItsHostClosedTheLifelineAndRefusesAnother() {
        Verification closed = Verification.begun(true, START).asking(1, START);

        assertThat(closed.after(Finding.REFUSED, START).verdict()).contains(Verdict.DEAD);
        assertThat(closed.after(Finding.UNREACHABLE, START).after(Finding.UNREACHABLE, START).verdict()).isEmpty();
        assertThat(closed.told(Optional.of(Finding.SAME), START).verdict()).contains(Verdict.ALIVE);
    }

    @Test
    void whoeverIsLookedAtAgainIsNotWaitedForWith() {
        Verification hungUp = ASKING.after(Finding.HUNG_UP, START + MILLI);

        assertThat(hungUp.mustLook()).isTrue();
        assertThat(hungUp.pause()).isLessThan(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @CsvSource({"REFUSED", "UNREACHABLE", "HUNG_UP", "SILENT", "STRANGER"})
    void aWitnessThatSeesItAliveClearsItWhateverThisNodeSees(Finding own) {
        Verification cleared = ASKING.after(own, START).told(Optional.of(Finding.SAME), START + MILLI);

        assertThat(cleared.verdict()).contains(Verdict.ALIVE);
    }

    @ParameterizedTest
    @EnumSource(value = Finding.class, names = {"REFUSED", "NEWER", "UNREACHABLE", "HUNG_UP", "SILENT", "STRANGER"})
    void aWitnessThatDoesNotSeeItAliveEndsTheWait(Finding opinion) {
        Verification refused = ASKING.after(Finding.REFUSED, START).told(Optional.of(opinion), START + MILLI);

        assertThat(refused.verdict()).contains(Verdict.DEAD);
    }

    @Test
    void aWitnessWithoutAnOpinionEndsTheWait() {
        Verification refused = ASKING.after(Finding.REFUSED, START).told(Optional.empty(), START + MILLI);

        assertThat(refused.verdict()).contains(Verdict.DEAD);
        assertThat(refused.isSeconded()).isFalse();
    }

    @Test
    void aWitnessConvictsOnlyOnceThisNodeHasLookedItself() {
        Verification told = ASKING.told(Optional.of(Finding.REFUSED), START);

        assertThat(told.verdict()).isEmpty();
        assertThat(told.after(Finding.SAME, START).verdict()).contains(Verdict.ALIVE);
        assertThat(told.after(Finding.SILENT, START).verdict()).contains(Verdict.DEAD);
        assertThat(told.after(Finding.UNREACHABLE, START).verdict()).contains(Verdict.DEAD);
    }

    @Test
    void ofSeveralWitnessesTheOneThatSeesItAliveCountsWhileTheyAreWaitedFor() {
        Verification refused = BEGUN.asking(2, START).after(Finding.REFUSED, START);

        Verification half = refused.told(Optional.of(Finding.HUNG_UP), START + MILLI);
        assertThat(half.verdict()).isEmpty();
        assertThat(half.told(Optional.of(Finding.SAME), START + MILLI).verdict()).contains(Verdict.ALIVE);
        assertThat(half.told(Optional.empty(), START + MILLI).verdict()).contains(Verdict.DEAD);
    }

    @Test
    void whatAWitnessSaysAfterItsTimeStillCountsWhileNothingIsKnown() {
        Verification looking = ASKING.after(Finding.HUNG_UP, START).at(PATIENCE_ENDS + MILLI);

        assertThat(looking.told(Optional.of(Finding.REFUSED), PATIENCE_ENDS + MILLI).verdict())
                .contains(Verdict.DEAD);
    }

    @Test
    void aWitnessThatIsHeardTooLateButBeforeAnythingWasDoneCounts() {
        Verification refused = ASKING.after(Finding.REFUSED, START);

        assertThat(refused.told(Optional.of(Finding.SAME), PATIENCE_ENDS + MILLI).verdict()).contains(Verdict.ALIVE);
    }

    @Test
    void whoeverWasNotAskedIsNotHeard() {
        assertThat(BEGUN.told(Optional.of(Finding.SAME), START).verdict()).isEmpty();
    }

    @Test
    void aNewerIncarnationNeedsNoWitness() {
        assertThat(ASKING.after(Finding.NEWER, START).verdict()).contains(Verdict.DEAD);
    }

    @Test
    void unreachableFromBothIsSecondedAndStillNoProof() {
        Verification gone = ASKING.after(Finding.UNREACHABLE, START).after(Finding.UNREACHABLE, START)
                .told(Optional.of(Finding.UNREACHABLE), START);

        assertThat(gone.verdict()).contains(Verdict.GONE);
        assertThat(gone.isSeconded()).isTrue();
    }

    // A node that stood still.

    @Test
    void whatWasFoundBeforeAStandstillIsFoundAgain() {
        long later = START + Verification.STANDSTILL.toNanos();
        Verification waiting = ASKING.after(Finding.REFUSED, START);

        Verification anew = waiting.at(later);

        assertThat(anew.startedAnew(waiting)).isTrue();
        assertThat(anew.verdict()).isEmpty();
        assertThat(anew.looks()).isZero();
        assertThat(anew.mustLook()).isTrue();
        assertThat(anew.after(Finding.SAME, later).verdict()).contains(Verdict.ALIVE);
    }

    @Test
    void aLookThatWentIntoAStandstillFoundNothing() {
        long later = START + Verification.STANDSTILL.toNanos();

        assertThat(BEGUN.after(Finding.REFUSED, later - 1).verdict()).contains(Verdict.DEAD);
        assertThat(BEGUN.after(Finding.REFUSED, later).verdict()).isEmpty();
        assertThat(ASKING.told(Optional.of(Finding.SAME), later).verdict()).isEmpty();
    }

    @Test
    void aNodeThatStandsStillAgainAndAgainGivesUp() {
        Verification halting = BEGUN;
        long now = START;
        while (now - START < Verification.UTMOST.toNanos()) {
            now += Verification.STANDSTILL.toNanos();
            halting = halting.after(Finding.REFUSED, now);
        }

        assertThat(halting.verdict()).contains(Verdict.UNDECIDED);
    }
}
