package io.curia.admin.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is concluded from answers, each of which was true at some moment between question and answer. */
class MeasurementTest {

    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");
    private static final Victim VICTIM = new Victim(N1, Incarnation.of(1, 1), new Endpoint("127.0.0.1", 8001), 42,
            "here", Instant.EPOCH, new Epoch(1));

    private final Map<NodeId, Track> tracks = new HashMap<>();

    private static long nanos(double millis) {
        return Math.round(millis * 1_000_000);
    }

    private void answer(NodeId id, long epoch, boolean valid, double asked, double answered) {
        tracks.put(id, Track.append(tracks.get(id), new Run(Incarnation.of(1, id.hashCode()), new Epoch(epoch), valid,
                nanos(asked), nanos(answered), nanos(asked), nanos(answered), 1)));
    }

    /** Answers to questions every millisecond, each half a millisecond after its question. */
    private void answers(NodeId id, long epoch, boolean valid, int from, int to) {
        for (int at = from; at < to; at++) {
            answer(id, epoch, valid, at, at + 0.5);
        }
    }

    private Round resultAt(double now) {
        return resultAt(now, Optional.empty());
    }

    private Round resultAt(double now, Optional<String> missing) {
        Map<NodeId, List<Run>> runs = new HashMap<>();
        tracks.forEach((id, track) -> runs.put(id, track.runs()));
        return new Measurement(1, Instant.EPOCH, VICTIM, nanos(100)).result(
                new Sightings(runs, OptionalLong.empty(), List.of()), OptionalLong.empty(), OptionalLong.empty(),
                nanos(now), missing);
    }

    @Test
    void withoutAMasterLastsFromTheFaultToTheFirstAnswerOfAValidSuccessor() {
        answers(N1, 1, true, 0, 100);
        answers(N2, 1, false, 0, 120);
        answers(N2, 2, true, 120, 200);

        Round round = resultAt(200);

        assertThat(round.valid()).contains(Duration.ofNanos(nanos(20.5)));
        assertThat(round.withoutMaster()).isEqualTo(Duration.ofNanos(nanos(20.5)));
        assertThat(round.twoMasters()).isZero();
        assertThat(round.successor()).contains(N2);
        assertThat(round.epochAfter()).contains(new Epoch(2));
    }

    @Test
    void aMasterThatGoesOnForAWhileAfterTheFaultIsCounted() {
        answers(N1, 1, true, 0, 110);
        answers(N2, 2, true, 120, 200);

        assertThat(resultAt(200).withoutMaster()).isEqualTo(Duration.ofNanos(nanos(11.5)));
    }

    @Test
    void aSuccessorThatLapsesIsNoMasterMeanwhile() {
        answers(N1, 1, true, 0, 100);
        answers(N2, 2, true, 110, 150);
        answers(N2, 2, false, 150, 170);
        answers(N2, 3, true, 170, 200);

        assertThat(resultAt(200).withoutMaster()).isEqualTo(Duration.ofNanos(nanos(10.5 + 21.5)));
    }

    @Test
    void withoutAnySuccessorItLastsUntilNow() {
        answers(N1, 1, true, 0, 100);

        Round round = resultAt(900, Optional.of("no new valid master"));

        assertThat(round.valid()).isEmpty();
        assertThat(round.withoutMaster()).isEqualTo(Duration.ofMillis(800));
    }

    /** The witnesses of a busy machine are late; the master of a complete round was heard at its end. */
    @Test
    void whatIsNotKnownYetOfTheMasterCountsOnlyAgainstAnIncompleteRound() {
        answers(N1, 1, true, 0, 100);
        answers(N2, 2, true, 110, 200);

        assertThat(resultAt(500).withoutMaster()).isEqualTo(Duration.ofNanos(nanos(10.5)));
        assertThat(resultAt(500, Optional.of("interrupted")).withoutMaster())
                .isEqualTo(Duration.ofNanos(nanos(10.5 + 301)));
    }

    @Test
    void twoMastersAreCountedForAsLongAsBothWereForSure() {
        answers(N1, 1, true, 0, 130);
        answers(N2, 2, true, 120, 200);

        assertThat(resultAt(200).twoMasters()).isEqualTo(Duration.ofNanos(nanos(129 - 120.5)));
    }

    /** What a frozen process had in its sockets says nothing about when it wrote it. */
    @Test
    void anAnswerHeldUpByAFreezeIsNoSecondMaster() {
        answers(N1, 1, true, 0, 100);
        answer(N1, 1, true, 100, 5_000);
        answers(N1, 1, false, 5_001, 5_100);
        answers(N2, 2, true, 4_000, 5_100);

        assertThat(resultAt(5_100).twoMasters()).isZero();
    }

    @Test
    void aProcessThatIsValidOnceItIsResumedIsASecondMaster() {
        answers(N1, 1, true, 0, 100);
        answer(N1, 1, true, 100, 5_000);
        answer(N1, 1, true, 5_001, 5_001.5);
        answers(N1, 1, false, 5_002, 5_100);
        answers(N2, 2, true, 4_000, 5_100);

        assertThat(resultAt(5_100).twoMasters()).isPositive().isLessThanOrEqualTo(Duration.ofMillis(2));
    }

    @Test
    void oneValidAnswerBesideAValidMasterIsASecondMaster() {
        answers(N2, 2, true, 110, 200);
        answers(N1, 1, false, 110, 150);
        answer(N1, 1, true, 150, 150.5);
        answers(N1, 1, false, 151, 200);

        assertThat(resultAt(200).twoMasters()).isEqualTo(Duration.ofNanos(nanos(0.5)));
    }

    @Test
    void answersInAgreementTakeNoRoom() {
        answers(N1, 1, true, 0, 10_000);

        assertThat(tracks.get(N1).runs()).hasSize(1);
        assertThat(tracks.get(N1).last().answers()).isEqualTo(10_000);
    }

    @Test
    void percentilesAreValuesThatWereMeasured() {
        Series series = new Series(IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList());
        Series one = new Series(List.of(Duration.ofMillis(7)));

        assertThat(series.median()).isEqualTo(Duration.ofMillis(100));
        assertThat(series.percentile(95)).isEqualTo(Duration.ofMillis(190));
        assertThat(series.percentile(99)).isEqualTo(Duration.ofMillis(198));
        assertThat(series.greatest()).isEqualTo(Duration.ofMillis(200));
        assertThat(one.median()).isEqualTo(one.greatest()).isEqualTo(Duration.ofMillis(7));
    }
}
