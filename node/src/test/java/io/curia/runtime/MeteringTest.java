package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Moment;
import io.curia.core.Obituary;
import io.curia.model.Cause;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.MemberKind;
import io.curia.model.Observation;
import io.curia.model.Observation.Registration;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import io.curia.store.TestRecords;
import io.curia.wire.message.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a node's meters are told of what its loop sees and does. */
class MeteringTest {

    private static final Tenure OLD = TestRecords.tenure(TestRecords.candidate("n2", 2), 7, "/latch/2");
    private static final Tenure OWN = TestRecords.tenure(TestRecords.candidate("n1", 1), 8, "/latch/1");

    private final List<String> told = new ArrayList<>();
    private final Metering metering = new Metering(new NodeState(TestRecords.node("n1"), MemberKind.CANDIDATE,
            Role.STANDBY, new Epoch(7), TestRecords.incarnation(1), Endpoint.parse("127.0.0.1:1"), true,
            Optional.empty(), OptionalInt.empty(), Optional.empty(), MasterRecord.VACANT, false));

    MeteringTest() {
        metering.add(new Recorder());
    }

    private final class Recorder implements NodeMeter {

        @Override
        public void onElection(Cause cause) {
            told.add("election " + cause);
        }

        @Override
        public void onFailover(Cause cause, Duration vacancy) {
            told.add("failover " + cause + " " + vacancy.toMillis());
        }

        @Override
        public void onMastershipEnding(boolean planned) {
            told.add("ending " + planned);
        }

        @Override
        public void onRenewal(Duration roundTrip) {
            told.add("renewal " + roundTrip.toMillis());
        }

        @Override
        public void onRenewalFailed(boolean refused) {
            told.add("renewal failed " + refused);
        }

        @Override
        public void onLink(Link change) {
            told.add("link " + change);
        }

        @Override
        public void onLateness(Duration late) {
            told.add("late " + late.toMillis());
        }

        @Override
        public void onJoinAnswered(Optional<RefusalReason> refusal) {
            told.add("join " + refusal);
        }
    }

    private static Moment at(long millis) {
        return new Moment(millis * 1_000_000, TestRecords.NOON);
    }

    private void heard(long millis, Event event, Action... actions) {
        metering.turned(event, List.of(actions), at(millis), at(millis).nanos());
    }

    private void see(long millis, Observation seen) {
        heard(millis, new Event.Observed(seen));
    }

    private static Observation seeing(long session, Tenure tenure, boolean holderLive) {
        return new Observation(true, session, Duration.ofSeconds(4), Optional.empty(),
                Optional.of(new Registration(TestRecords.incarnation(1), true)), Optional.empty(),
                new MasterRecord(Optional.of(tenure), 3), holderLive, Intents.NONE);
    }

    @Test
    void whatWasRecordedBeforeTheFirstLookIsNoElectionAndWhatFollowsIs() {
        see(0, seeing(1, OLD, true));
        see(1, seeing(1, OLD, true));
        see(2, seeing(1, OWN, true));
        see(3, seeing(1, OWN, true));

        assertThat(told).containsExactly("link CONNECTED", "election " + OWN.cause());
    }

    @Test
    void aFailoverTakesFromTheFirstProofOfTheLossToTheMastership() {
        see(0, seeing(1, OLD, true));
        told.clear();

        heard(100, new Event.DeathVerified(new Obituary(OLD.id(), OLD.incarnation(), true, true, "refused", 0,
                TestRecords.NOON)));
        see(104, seeing(1, OLD, true));
        see(106, seeing(1, OLD, false));
        see(108, seeing(1, OWN, true));
        heard(109, new Event.Ticked(), new Action.BeginMastership(OWN, 4, 0));

        assertThat(told).containsExactly("election " + OWN.cause(), "failover " + OWN.cause() + " 9");
    }

    @Test
    void aTakeoverTakesFromTheMastersWordToTheMastership() {
        see(0, seeing(1, OLD, true));
        told.clear();

        heard(100, new Event.TenureYielded(OLD.incarnation(), new YieldedTenure(OLD.epoch(), OLD.claimId(),
                Cause.LEFT, "maintenance", Optional.empty())));
        see(105, seeing(1, OWN, true));
        heard(106, new Event.Ticked(), new Action.BeginMastership(OWN, 4, 0));

        assertThat(told).containsExactly("election " + OWN.cause(), "failover " + OWN.cause() + " 6");
    }

    @Test
    void anotherNodesFailoverIsNotTimedHere() {
        see(0, seeing(1, OLD, true));
        see(100, seeing(1, OLD, false));
        Tenure others = TestRecords.tenure(TestRecords.candidate("n3", 3), 8, "/latch/3");
        see(110, seeing(1, others, true));
        see(5_000, seeing(1, others, false));
        told.clear();

        heard(5_020, new Event.Ticked(), new Action.BeginMastership(OWN, 5, 0));

        assertThat(told).containsExactly("failover " + OWN.cause() + " 20");
    }

    @Test
    void aVerdictOnAMasterThatGoesOnReigningIsForgotten() {
        see(0, seeing(1, OLD, true));
        heard(100, new Event.DeathVerified(new Obituary(OLD.id(), OLD.incarnation(), true, true, "refused", 0,
                TestRecords.NOON)));
        see(2_000, seeing(1, OLD, true));
        see(9_000, seeing(1, OLD, false));
        told.clear();

        heard(9_005, new Event.Ticked(), new Action.BeginMastership(OWN, 4, 0));

        assertThat(told).containsExactly("failover " + OWN.cause() + " 5");
    }

    @Test
    void whoeverStartsIntoAVacancyTimesNoFailover() {
        see(0, seeing(1, OLD, false));
        heard(5, new Event.Ticked(), new Action.BeginMastership(OWN, 4, 0));

        assertThat(told).containsExactly("link CONNECTED");
    }

    @Test
    void theLinkIsToldOfWhenItChangesAndALostSessionOnce() {
        Observation first = seeing(1, OLD, true);
        see(0, first);
        see(1, first);
        see(2, first.disconnected());
        see(3, first.sessionLost());
        see(4, seeing(2, OLD, true));

        assertThat(told).containsExactly("link CONNECTED", "link DISCONNECTED", "link SESSION_LOST",
                "link CONNECTED");
        assertThat(metering.sessionTimeout()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aRenewalIsTimedFromItsSending() {
        heard(30, new Event.Renewed("claim", at(27).nanos()));
        heard(40, new Event.RenewalRefused("claim", "gone"));
        heard(50, new Event.Completed(ActionKind.RENEW, Event.Result.UNKNOWN, "connection lost"));
        heard(60, new Event.Completed(ActionKind.NOTE, Event.Result.UNKNOWN, "connection lost"));

        assertThat(told).containsExactly("renewal 3", "renewal failed true", "renewal failed false");
    }

    @Test
    void aMastershipEndsOnceHoweverOftenItsDutiesAreStopped() {
        heard(1, new Event.Ticked(), new Action.StopDuties(new Epoch(8), false, "guard"));
        heard(2, new Event.Ticked(), new Action.StopDuties(new Epoch(8), false, "guard"));

        assertThat(told).containsExactly("ending false");
    }

    @Test
    void whoWakesInTimeIsNotLate() {
        metering.woke(at(10).nanos(), at(12).nanos());
        metering.woke(at(10).nanos(), at(9).nanos());

        assertThat(told).containsExactly("late 2", "late 0");
    }

    @Test
    void aRefusalIsToldOfWithItsReason() {
        metering.answered(Refused.of(RefusalReason.BUSY, "busy"));

        assertThat(told).containsExactly("join " + Optional.of(RefusalReason.BUSY));
    }

    @Test
    void aMeterThatThrowsHarmsNobody() {
        metering.add(new NodeMeter() {
            @Override
            public void onElection(Cause cause) {
                throw new IllegalStateException("a meter's own fault");
            }
        });
        see(0, seeing(1, OLD, true));
        see(1, seeing(1, OWN, true));

        assertThat(told).contains("election " + OWN.cause());
    }
}
