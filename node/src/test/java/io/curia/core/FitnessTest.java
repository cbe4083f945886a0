package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node must know of itself before it accuses somebody else. */
class FitnessTest {

    private static final long START = Long.MIN_VALUE + 1_000_000;
    private static final long MILLI = 1_000_000;
    private static final Verification REFUSED = Verification.begun(false, START).after(Finding.REFUSED, START);
    private static final Verification UNREACHABLE = Verification.begun(false, START).asking(1, START)
            .after(Finding.UNREACHABLE, START).after(Finding.UNREACHABLE, START);
    private static final Verification UNSECONDED = UNREACHABLE.told(Optional.empty(), START);
    private static final Verification SECONDED = UNREACHABLE.told(Optional.of(Finding.UNREACHABLE), START);

    private static Fitness fit(int othersInDoubt) {
        return new Fitness(true, true, true, START - MILLI, othersInDoubt);
    }

    @Test
    void aSoundNodeMayAccuse() {
        assertThat(fit(0).objection(REFUSED, START)).isEmpty();
        assertThat(fit(0).objection(UNSECONDED, START)).isEmpty();
    }

    @Test
    void whoeverIsNoMemberAccusesNobody() {
        assertThat(new Fitness(false, true, true, START, 0).objection(REFUSED, START)).isPresent();
    }

    @Test
    void whoeverHasLostZooKeeperAccusesNobody() {
        assertThat(new Fitness(true, false, true, START, 0).objection(REFUSED, START)).isPresent();
    }

    @Test
    void whoeverHasLostItsOwnPortAccusesNobody() {
        assertThat(new Fitness(true, true, false, START, 0).objection(REFUSED, START)).isPresent();
    }

    @Test
    void whoeverLostZooKeeperWhileItLookedAccusesNobodyAlthoughItIsBack() {
        assertThat(new Fitness(true, true, true, START + 1, 0).objection(REFUSED, START + MILLI)).isPresent();
        assertThat(new Fitness(true, true, true, START, 0).objection(REFUSED, START + MILLI)).isEmpty();
    }

    @Test
    void whoeverStoodStillSinceItLookedAccusesNobody() {
        long late = START + Verification.STANDSTILL.toNanos();

        assertThat(fit(0).objection(REFUSED, late - 1)).isEmpty();
        assertThat(fit(0).objection(REFUSED, late)).isPresent();
    }

    @Test
    void whoeverLostSeveralAtOnceTakesNoneOfThemForGoneUnseconded() {
        assertThat(fit(1).objection(UNSECONDED, START)).isPresent();
        assertThat(fit(1).objection(SECONDED, START)).isEmpty();
    }

    @Test
    void aRefusalIsNoTroubleOfTheNetwork() {
        assertThat(fit(3).objection(REFUSED, START)).isEmpty();
    }
}
