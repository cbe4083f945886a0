package io.curia.singleton;

import static io.curia.singleton.Lease.Order.KILL;
import static io.curia.singleton.Lease.Order.RUN;
import static io.curia.singleton.Lease.Order.TERM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a command is told to end and when it is killed, on a clock that may have wrapped. */
class RunTest {

    private static final long NOW = Long.MAX_VALUE - 50;

    private final Run run = new Run(7, null, ReapingPlan.Origin.NONE, new Lease(NOW + 1000, 300, 100));

    @Test
    void aLeaseThatIsNotExtendedEndsTheCommandInTime() {
        assertThat(run.order(NOW)).isEqualTo(RUN);
        assertThat(run.nextAt(NOW)).isEqualTo(NOW + 600);
        assertThat(run.order(NOW + 599)).isEqualTo(RUN);
        assertThat(run.order(NOW + 600)).isEqualTo(TERM);
        assertThat(run.nextAt(NOW + 600)).isEqualTo(NOW + 900);
        assertThat(run.order(NOW + 899)).isEqualTo(TERM);
        assertThat(run.order(NOW + 900)).isEqualTo(KILL);
    }

    @Test
    void anExtensionKeepsItRunning() {
        run.extend(NOW + 2000);

        assertThat(run.order(NOW + 900)).isEqualTo(RUN);
        assertThat(run.nextAt(NOW + 900)).isEqualTo(NOW + 1600);
    }

    @Test
    void noLeaseShortensTheOneBefore() {
        run.extend(NOW);

        assertThat(run.order(NOW + 599)).isEqualTo(RUN);
    }

    @Test
    void aCommandThatWasToldToEndStaysTold() {
        assertThat(run.order(NOW + 600)).isEqualTo(TERM);
        run.extend(NOW + 5000);

        assertThat(run.order(NOW + 601)).isEqualTo(TERM);
        assertThat(run.order(NOW + 900)).isEqualTo(KILL);
    }

    @Test
    void aKeeperThatStoodStillKillsAtOnce() {
        assertThat(run.order(NOW + 50_000)).isEqualTo(KILL);
    }

    @Test
    void anOrderToEndIsKeptEvenIfTheLeaseIsLong() {
        run.extend(NOW + 50_000);
        run.end(Run.Why.ASKED, NOW, 200);

        assertThat(run.order(NOW)).isEqualTo(TERM);
        assertThat(run.nextAt(NOW)).isEqualTo(NOW + 200);
        assertThat(run.order(NOW + 200)).isEqualTo(KILL);
    }

    @Test
    void aLaterOrderWithLessGraceHastensTheEndAndOneWithMoreDoesNotDelayIt() {
        run.end(Run.Why.ASKED, NOW, 200);
        run.end(Run.Why.ASKED, NOW + 10, 500);
        assertThat(run.order(NOW + 200)).isEqualTo(KILL);

        run.end(Run.Why.ASKED, NOW + 20, 0);
        assertThat(run.order(NOW + 20)).isEqualTo(KILL);
    }

    @Test
    void theLeaseEndsItWhateverGraceItWasGiven() {
        run.end(Run.Why.ASKED, NOW, 5000);

        assertThat(run.order(NOW + 899)).isEqualTo(TERM);
        assertThat(run.order(NOW + 900)).isEqualTo(KILL);
    }

    @Test
    void whatItLeftBehindWhenItEndedIsGivenTheGraceToo() {
        run.exited(3, NOW);

        assertThat(run.order(NOW + 299)).isEqualTo(TERM);
        assertThat(run.order(NOW + 300)).isEqualTo(KILL);
        assertThat(run.obituary()).containsExactly("gone", 7L, 3, Run.Why.EXIT);
    }

    @Test
    void itIsToldOnce() {
        assertThat(run.mustBeTold()).isTrue();
        assertThat(run.mustBeTold()).isFalse();
    }
}
