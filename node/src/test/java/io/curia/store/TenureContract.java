package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.tenure;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Departure;
import io.curia.model.Grounds;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.EndedTenure;
import io.curia.store.NodeSession.Leaving;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The part of every {@link NodeSession}'s contract that is about a mastership, from its claim to its end. */
public abstract class TenureContract extends RemovalContract {

    @Test
    void claimIsSeenByEverybodyWithItsHolderLive() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").connected();

        for (TestNode node : List.of(first, second)) {
            Observation seen = node.observer.sees("the claim", now -> now.master().tenure().isPresent());
            assertThat(seen.master()).isEqualTo(new MasterRecord(Optional.of(tenure), 1));
            assertThat(seen.holderLive()).isTrue();
        }
    }

    @Test
    void claimConflictsWithoutItsPlaceOrWithAnotherVersionOfWhatItWasDecidedOn() {
        TestNode node = open("n1").queued(1);
        Observation leading = node.leads();
        int roster = leading.roster().get().version();
        Grounds grounds = Grounds.of(leading.intents());
        Grounds otherPause = new Grounds(grounds.pauseVersion() + 1, grounds.switchoverVersion());
        Tenure tenure = tenure(node.member(), 1, node.place());
        Tenure elsewhere = tenure(node.member(), 1, node.place() + "0");

        assertThat(await(node.session.claim(elsewhere, 0, roster, grounds)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.claim(tenure, 0, roster + 1, grounds)).kind())
                .isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.claim(tenure, 1, roster, grounds)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.claim(tenure, 0, roster, otherPause)).kind())
                .isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().master()).isEqualTo(MasterRecord.VACANT);
    }

    @Test
    void renewalChangesNothing() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);

        assertThat(await(node.session.renew(tenure, node.masterVersion())).kind()).isEqualTo(Outcome.Kind.DONE);

        assertThat(store().master()).isEqualTo(new MasterRecord(Optional.of(tenure), 1));
    }

    @Test
    void renewalFailsOnceThePlaceIsGone() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        await(node.session.withdrawLatch());
        node.observer.sees("no place", seen -> seen.latch().isEmpty());

        assertThat(await(node.session.renew(tenure, 1)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
    }

    @Test
    void renewalFailsOnceTheTenureWasEndedOverItsHead() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        evict(node);

        assertThat(await(node.session.renew(tenure, 1)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
    }

    @Test
    void endingIsSeen() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        TestNode other = open("n2").connected();

        Outcome outcome = await(node.session.end(ended(tenure, Cause.STEP_DOWN), 1));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        other.observer.sees("the ending", seen ->
                seen.master().tenure().filter(last -> last.ending().isPresent()).isPresent() && seen.holderLive());
    }

    @Test
    void steppingAsideEndsTheTenureAndLetsTheNextLead() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);

        Outcome outcome = await(first.session.stepAside(ended(tenure, Cause.STEP_DOWN), 1, Optional.empty(),
                List.of()));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        Observation leading = second.leads();
        assertThat(leading.master().tenure().get().ending()).isPresent();
        first.observer.sees("no place", seen -> seen.latch().isEmpty());
        second.claims(2);
    }

    @Test
    void steppingAsideConflictsOnceTheTenureWasEndedByAnother() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        await(node.session.end(ended(tenure, Cause.STEP_DOWN), 1));

        Outcome outcome = await(node.session.stepAside(ended(tenure, Cause.STEP_DOWN), 1, Optional.empty(), List.of()));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        node.observer.sees("the place still", seen -> seen.latch().isPresent());
    }

    @Test
    void leavingTakesEverythingDownAtOnce() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        RosterEntry departed = first.observer.last().roster().get()
                .departed(new Departure(Departure.How.LEFT, TestRecords.NOON));

        Outcome outcome = await(first.session.leave(new Leaving(departed, Optional.of(first.place()),
                Optional.of(new EndedTenure(ended(tenure, Cause.LEFT), 1)))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(store().live(first.id)).isEmpty();
        assertThat(store().roster(first.id).get().departure()).isPresent();
        Observation leading = second.leadsAfterItsHolder();
        assertThat(leading.master().tenure().get().ending().get().cause()).isEqualTo(Cause.LEFT);
    }

    @Test
    void observerLeavesWithoutAPlaceOrATenure() {
        TestNode node = open("n1").registered(1);
        RosterEntry departed = node.observer.last().roster().get()
                .departed(new Departure(Departure.How.LEFT, TestRecords.NOON));

        Outcome outcome = await(node.session.leave(new Leaving(departed, Optional.empty(), Optional.empty())));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(store().live(node.id)).isEmpty();
    }

    /** Who is leaving need not look; who could not leave has to see why. */
    @Test
    void leavingThatConflictsLeavesTheNodeSeeing() {
        TestNode node = open("n1").registered(1);
        RosterEntry departed = node.observer.last().roster().get()
                .departed(new Departure(Departure.How.LEFT, TestRecords.NOON));
        assertThat(await(node.session.admit(node.observer.last().roster().get())).isDone()).isTrue();

        Outcome outcome = await(node.session.leave(new Leaving(departed, Optional.empty(), Optional.empty())));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        store().putPause(store().intents().pause().saying(new Pause(
                TestRecords.NOON.plusSeconds(1800), "alice", "upgrade", TestRecords.NOON)));
        node.observer.sees("what came later", seen -> seen.intents().pause().what().isPresent());
    }

    @Test
    void fencedWritesCommitTogetherInTheirEpoch() {
        TestNode node = open("n1");
        node.master(1, 1);
        String path = "/fenced-" + store().cluster().uuid();

        Outcome created = await(node.session.fenced(1, List.of(FencedWrite.create(path, new byte[] {1}),
                FencedWrite.create(path + "/a", new byte[0]))));
        Outcome changed = await(node.session.fenced(1, List.of(FencedWrite.check(path + "/a", 0),
                FencedWrite.set(path, new byte[] {2}, 0))));
        Outcome deleted = await(node.session.fenced(1, List.of(FencedWrite.delete(path + "/a", 0),
                FencedWrite.delete(path, FencedWrite.ANY_VERSION))));

        assertThat(created.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(changed).isEqualTo(Outcome.done(1));
        assertThat(deleted.kind()).isEqualTo(Outcome.Kind.DONE);
    }

    @Test
    void fencedWriteWhoseOwnConditionFailsIsAConflict() {
        TestNode node = open("n1");
        node.master(1, 1);
        String path = "/fenced-" + store().cluster().uuid();

        Outcome outcome = await(node.session.fenced(1, List.of(FencedWrite.create(path, new byte[0]),
                FencedWrite.check(path + "/missing", 0))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.fenced(1, List.of(FencedWrite.create(path, new byte[0])))).kind())
                .as("nothing of the first was done").isEqualTo(Outcome.Kind.DONE);
    }

    @Test
    void writeFencedByAnEarlierEpochIsRefused() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        await(first.session.stepAside(ended(tenure, Cause.STEP_DOWN), 1, Optional.empty(), List.of()));
        second.claims(2);

        Outcome outcome = await(first.session.fenced(1,
                List.of(FencedWrite.create("/fenced-" + store().cluster().uuid(), new byte[0]))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FENCED);
    }
}
