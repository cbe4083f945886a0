package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Incarnation;
import io.curia.model.Tenure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The table of {@link Succession}, row by row. */
class SuccessionTest {

    private static final Incarnation SELF = Incarnation.of(1, 1);
    private static final Tenure OTHERS = Sight.tenure(Sight.OTHER, Sight.STRANGER, 3);

    /** A guard and a little: the old master's clock may run slower. */
    private static final Duration PATIENCE = Sight.GUARD.plus(Sight.GUARD.dividedBy(50));

    private static Succession after(Tenure tenure, boolean holderLive) {
        return Succession.after(Sight.leading(SELF).master(tenure, 5, holderLive).observation(), SELF);
    }

    @Test
    void firstMasterWaitsForNobody() {
        assertThat(Succession.after(Sight.leading(SELF).observation(), SELF))
                .isEqualTo(new Succession(Cause.FIRST, Duration.ZERO));
    }

    @Test
    void nobodyWaitsForItself() {
        Tenure mine = Sight.tenure(Sight.SELF, SELF, 3);

        assertThat(after(mine, true)).isEqualTo(new Succession(Cause.STEP_DOWN, Duration.ZERO));
        assertThat(after(Sight.ended(mine, Cause.SWITCHOVER, false), true))
                .isEqualTo(new Succession(Cause.SWITCHOVER, Duration.ZERO));
    }

    @Test
    void earlierIncarnationOfTheSameNodeIsSomebodyElse() {
        assertThat(after(Sight.tenure(Sight.SELF, Sight.STRANGER, 3), true).patience()).isEqualTo(PATIENCE);
    }

    @Test
    void confirmedEndingIsFollowedAtOnce() {
        assertThat(after(Sight.ended(OTHERS, Cause.LEFT, true), true))
                .isEqualTo(new Succession(Cause.LEFT, Duration.ZERO));
    }

    @Test
    void unconfirmedEndingIsWaitedOutEvenIfTheHolderIsGone() {
        for (boolean holderLive : new boolean[] {true, false}) {
            assertThat(after(Sight.ended(OTHERS, Cause.EVICTED, false), holderLive))
                    .isEqualTo(new Succession(Cause.EVICTED, PATIENCE));
        }
    }

    @Test
    void expiredHolderWasInvalidBeforeItExpired() {
        assertThat(after(OTHERS, false)).isEqualTo(new Succession(Cause.SESSION_EXPIRED, Duration.ZERO));
    }

    @Test
    void holderWhosePlaceWasRemovedByHandIsWaitedOut() {
        assertThat(after(OTHERS, true)).isEqualTo(new Succession(Cause.STEP_DOWN, PATIENCE));
    }
}
