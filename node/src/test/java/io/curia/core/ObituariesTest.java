package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a standby remembers of those found dead, and for how long. */
class ObituariesTest {

    private static final int RATION = 20;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Stage stage = Stage.standby();

    private static Obituary dead(int number) {
        return dead(number, true);
    }

    private static Obituary dead(int number, boolean proven) {
        return new Obituary(NodeId.of("d" + number), Incarnation.of(9, number), proven, proven, "refused",
                Stage.START_NANOS, Sight.NOON);
    }

    /** It was found dead just now. */
    private Stage found(Obituary obituary) {
        return heard(obituary, stage.nanos());
    }

    private Stage heard(Obituary dead, long foundNanos) {
        return stage.tell(new Event.DeathVerified(new Obituary(dead.id(), dead.incarnation(), dead.proven(),
                dead.beyondDoubt(), dead.evidence(), foundNanos, dead.at())));
    }

    private Stage ended(Result result) {
        return stage.answer(ActionKind.REMOVE, result);
    }

    private void assertRemoves(Obituary... expected) {
        assertThat(stage.only(Action.Remove.class).dead()).usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                "foundNanos").isEqualTo(List.of(expected));
    }

    private void assertKeepsStill() {
        assertThat(stage.all(Action.Remove.class)).isEmpty();
    }

    @Test
    void deathFoundWhileARemovalIsUnderWayComesNext() {
        found(dead(1));
        found(dead(2));
        assertKeepsStill();

        ended(Result.DONE);

        assertRemoves(dead(2));
    }

    @Test
    void deathsFoundWhileARemovalIsUnderWayAreRemovedTogether() {
        found(dead(1));
        found(dead(2));
        found(dead(3));

        ended(Result.DONE);

        assertRemoves(dead(2), dead(3));
    }

    @Test
    void removalThatWasDoneIsNotRepeated() {
        found(dead(1));
        ended(Result.DONE);

        stage.wait(Duration.ofMillis(700));

        assertKeepsStill();
    }

    @Test
    void removalWhoseEndIsUnknownIsRepeated() {
        found(dead(1));
        ended(Result.UNKNOWN);
        assertKeepsStill();

        stage.wait(PAUSE);

        assertRemoves(dead(1));
    }

    @Test
    void removalThatConflictedOnceIsRepeated() {
        found(dead(1));
        ended(Result.CONFLICT);

        stage.wait(PAUSE);

        assertRemoves(dead(1));
    }

    @Test
    void removalThatConflictedTwiceWasSomebodyElses() {
        found(dead(1));
        ended(Result.CONFLICT);
        stage.wait(PAUSE);
        ended(Result.CONFLICT);

        stage.wait(PAUSE);

        assertKeepsStill();
    }

    @Test
    void anotherEndBetweenTwoConflictsBeginsTheCountAnew() {
        found(dead(1));
        ended(Result.CONFLICT);
        stage.wait(PAUSE);
        ended(Result.UNKNOWN);
        stage.wait(PAUSE);
        ended(Result.CONFLICT);

        stage.wait(PAUSE);

        assertRemoves(dead(1));
    }

    @Test
    void evidenceIsStaleAfterASecond() {
        found(dead(1));
        ended(Result.UNKNOWN);

        stage.wait(Duration.ofSeconds(1));

        assertKeepsStill();
    }

    @Test
    void evidenceFoundWhileItCouldNotBeActedOnGoesStaleToo() {
        stage.see(Sight.registered(stage.incarnation()).disconnected());
        found(dead(1));

        stage.pass(Duration.ofSeconds(1)).see(Sight.registered(stage.incarnation()));

        assertKeepsStill();
    }

    /** The process stood still between finding it and hearing of it. */
    @Test
    void evidenceThatWasHeardOfLateIsStaleAlready() {
        long foundNanos = stage.nanos();
        stage.pass(Duration.ofSeconds(1));

        heard(dead(1), foundNanos);
        assertKeepsStill();
        heard(dead(1), foundNanos + 1);

        assertRemoves(dead(1));
    }

    @Test
    void staleEvidenceSpendsNoRation() {
        long foundNanos = stage.nanos();
        stage.pass(Duration.ofSeconds(1));
        IntStream.range(0, RATION).forEach(number -> heard(dead(number), foundNanos));

        found(dead(100));

        assertRemoves(dead(100));
    }

    @Test
    void sameDeathFoundAgainIsNoNews() {
        found(dead(1));

        found(dead(1));
        assertKeepsStill();
        ended(Result.DONE);

        assertKeepsStill();
    }

    @Test
    void proofReplacesDoubt() {
        stage.see(Sight.registered(stage.incarnation()).disconnected());
        found(dead(1, false));
        found(dead(1, true));

        stage.see(Sight.registered(stage.incarnation()));

        assertRemoves(dead(1, true));
    }

    @Test
    void doubtDoesNotReplaceProof() {
        stage.see(Sight.registered(stage.incarnation()).disconnected());
        found(dead(1, true));
        found(dead(1, false));

        stage.see(Sight.registered(stage.incarnation()));

        assertRemoves(dead(1, true));
    }

    @Test
    void removalsAreRationed() {
        stage.see(Sight.registered(stage.incarnation()).disconnected());
        IntStream.range(0, 3 * RATION).forEach(number -> found(dead(number)));

        stage.see(Sight.registered(stage.incarnation()));

        assertThat(stage.only(Action.Remove.class).dead()).hasSize(RATION);
    }

    @Test
    void whoeverIsSparedForWantOfRationIsToldOnce() {
        stage.see(Sight.registered(stage.incarnation()).disconnected());
        IntStream.range(0, RATION).forEach(number -> found(dead(number)));
        assertThat(stage.all(Action.Spare.class)).isEmpty();

        found(dead(100));
        assertThat(stage.only(Action.Spare.class).found().id()).isEqualTo(dead(100).id());
        found(dead(101));
        assertThat(stage.all(Action.Spare.class)).isEmpty();

        stage.pass(Duration.ofSeconds(1));
        found(dead(102));
        assertThat(stage.all(Action.Spare.class)).isEmpty();
        found(dead(103));
        assertThat(stage.only(Action.Spare.class).found().id()).isEqualTo(dead(103).id());
    }

    @Test
    void sameDeathFoundManyTimesSpendsOneRation() {
        IntStream.range(0, 3 * RATION).forEach(any -> found(dead(1)));
        ended(Result.DONE);

        found(dead(2));

        assertRemoves(dead(2));
    }

    @Test
    void rationRefillsByOneASecond() {
        IntStream.range(0, RATION).forEach(number -> {
            found(dead(number));
            ended(Result.DONE);
        });
        found(dead(100));
        assertKeepsStill();

        stage.pass(Duration.ofSeconds(1));
        found(dead(101));
        assertRemoves(dead(101));
        ended(Result.DONE);
        found(dead(102));

        assertKeepsStill();
    }
}
