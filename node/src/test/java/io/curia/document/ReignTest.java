package io.curia.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.Ending;
import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.Tenure;
import io.curia.store.TestRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** For how long there was no master, as the history tells. */
class ReignTest {

    private static final Instant COMMITTED = TestRecords.NOON.plusSeconds(9);
    private static final Tenure BEFORE = TestRecords.tenure(TestRecords.candidate("n1", 1), 1, "/latch/1");
    private static final Tenure NEXT = TestRecords.tenure(TestRecords.candidate("n2", 2), 2, "/latch/2");

    private static ClusterEvent event(long seq, long zxid, Instant at, Happening what) {
        return new ClusterEvent(seq, zxid, at, what);
    }

    private static Tenure endedBefore(Duration gap) {
        return BEFORE.ended(new Ending(Cause.CRASH, true, "n2", "refused", NEXT.since().minus(gap)));
    }

    private static Happening elected(Tenure before) {
        return Happening.succession(new MasterRecord(Optional.of(before), 1), NEXT).stream()
                .reduce((one, last) -> last).orElseThrow();
    }

    private static Optional<Duration> gap(ClusterEvent... events) {
        return Reign.of(Stream.of(events).toList()).get(1).gap();
    }

    @Test
    void isTheTimeBetweenTheTwoIfTheyWereRecordedApart() {
        Tenure ended = endedBefore(Duration.ofMillis(3));

        assertThat(gap(event(0, 7, COMMITTED, Happening.ending(ended, true).get(0)),
                event(1, 8, COMMITTED.plusMillis(12), elected(ended)))).contains(Duration.ofMillis(12));
    }

    @Test
    void isWhatTheClaimantMeasuredIfItsClaimWasTheRemoval() {
        Tenure ended = endedBefore(Duration.ofMillis(3));

        assertThat(gap(event(0, 7, COMMITTED, Happening.ending(ended, true).get(0)),
                event(1, 7, COMMITTED, elected(ended)))).contains(Duration.ofMillis(3));
    }

    @Test
    void isNotKnownIfTheClaimWasTheFirstToTellOfTheEnd() {
        List<Happening> told = Happening.succession(new MasterRecord(Optional.of(BEFORE), 1), NEXT);

        assertThat(gap(event(0, 7, COMMITTED, told.get(0)), event(1, 7, COMMITTED, told.get(1)))).isEmpty();
    }
}
