package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.singleton.ReapingPlan.Origin;
import io.curia.singleton.ReapingPlan.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReapingPlanTest {

    private static final long SELF = 50;
    private static final Origin ORIGIN = new Origin(100, 1000);
    private static final ProcessRow MAIN = row(100, SELF, 100, 1000);

    private final Map<Long, Trace> traces = new HashMap<>();

    private static ProcessRow row(long pid, long parent, long session, long start) {
        return new ProcessRow(pid, 'S', parent, session, 0, 1, start);
    }

    private Set<Long> doomed(Origin origin, ProcessRow... all) {
        return plan(origin, all).doomed().stream().map(ProcessRow::pid).collect(Collectors.toSet());
    }

    private ReapingPlan plan(Origin origin, ProcessRow... all) {
        return ReapingPlan.of(List.of(all), origin, SELF, row -> traces.getOrDefault(row.pid(), Trace.NOT_CARRIED));
    }

    @Test
    void theWholeSessionBelongsToIt() {
        assertThat(doomed(ORIGIN, MAIN, row(101, 100, 100, 1001), row(102, 1, 100, 1002), row(7, 1, 7, 3)))
                .containsExactlyInAnyOrder(100L, 101L, 102L);
    }

    @Test
    void aDaemonIsKnownByWhatItCarries() {
        traces.put(103L, Trace.CARRIED);

        assertThat(doomed(ORIGIN, MAIN, row(103, 1, 103, 1003))).containsExactlyInAnyOrder(100L, 103L);
    }

    @Test
    void whoeverADaemonHasStartedBelongsToItToo() {
        traces.put(103L, Trace.CARRIED);

        assertThat(doomed(ORIGIN, row(105, 104, 105, 1005), row(104, 103, 104, 1004), row(103, 1, 103, 1003)))
                .containsExactlyInAnyOrder(103L, 104L, 105L);
    }

    @Test
    void aSessionOfTheSameNumberThatSomebodyElseBeganIsSpared() {
        ProcessRow other = row(100, 1, 100, 9000);

        assertThat(doomed(ORIGIN, other, row(9001, 100, 100, 9001))).isEmpty();
    }

    @Test
    void theDeadTheKernelAndTheKeeperAreSpared() {
        traces.put(SELF, Trace.CARRIED);
        traces.put(8L, Trace.CARRIED);
        ProcessRow zombie = new ProcessRow(101, 'Z', 100, 100, 0, 1, 1001);
        ProcessRow thread = new ProcessRow(8, 'S', 2, 0, 0x0020_8040, 1, 2);

        assertThat(doomed(Origin.NONE, zombie, thread, row(SELF, 1, SELF, 10))).isEmpty();
    }

    @Test
    void aProgramWhoseFirstThreadAloneHasEndedStillRuns() {
        assertThat(doomed(ORIGIN, new ProcessRow(101, 'Z', 100, 100, 0, 2, 1001))).containsExactly(101L);
    }

    @Test
    void somebodyWhoCannotBeReadJustNowIsLookedAtAgain() {
        traces.put(103L, Trace.UNREADABLE);

        ReapingPlan plan = plan(ORIGIN, row(103, 1, 103, 1003));

        assertThat(plan.doomed()).isEmpty();
        assertThat(plan.isDone()).isFalse();
    }

    @Test
    void whoWasThereBeforeTheCommandNeedNotBeRead() {
        traces.put(103L, Trace.UNREADABLE);

        assertThat(plan(ORIGIN, row(103, 1, 103, 999)).isDone()).isTrue();
    }

    @Test
    void aLineOfTheKernelIsReadWhateverAProgramCallsItself() {
        assertThat(ProcessRow.parse("4711 (a) b) c) S 1 4711 4710 0 -1 4194560 12 0 0 0 1 2 0 0 20 0 3 0 8675309 1 2"))
                .contains(new ProcessRow(4711, 'S', 1, 4710, 4194560, 3, 8675309));
        assertThat(ProcessRow.parse("")).isEmpty();
        assertThat(ProcessRow.parse("1 (x) S 1")).isEmpty();
    }
}
