package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a number is known to be the process's that had it. */
class EldersTest {

    private static final long NOW = Long.MAX_VALUE - 5;
    private static final long SOON = NOW + TimeUnit.MILLISECONDS.toNanos(100);

    private final Elders elders = new Elders(Set.of(1L, 17L), 30_000, NOW);

    @Test
    void aNumberOfThenIsKnownAsLongAsNumbersRise() {
        elders.ask(30_000, SOON);
        elders.ask(32_767, SOON);

        assertThat(elders.include(17)).isTrue();
        assertThat(elders.include(30_001)).isFalse();
    }

    @Test
    void nobodyIsKnownOnceTheKernelHasBegunAnew() {
        elders.ask(12, SOON);
        elders.ask(31_000, SOON);

        assertThat(elders.include(17)).isFalse();
    }

    @Test
    void nobodyIsKnownWhenItMayHaveDoneSoUnseen() {
        elders.ask(30_500, NOW + TimeUnit.SECONDS.toNanos(2));

        assertThat(elders.include(17)).isFalse();
        assertThat(Elders.NONE.include(17)).isFalse();
    }

    @Test
    void whoIsThereNowIsKnownButTheOneThatTheRunBeginsWith() {
        long self = ProcessHandle.current().pid();

        assertThat(Elders.but(0).include(self)).isTrue();
        assertThat(Elders.but(self).include(self)).isFalse();
    }
}
