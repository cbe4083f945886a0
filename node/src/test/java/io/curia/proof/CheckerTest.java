package io.curia.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.proof.Violation.Rule;
import io.curia.proof.Write.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The checker accepts a history in which nothing is wrong, and rejects each that has one thing wrong in it. */
class CheckerTest {

    private static final long MS = 1_000_000;

    private final List<Run> runs = new ArrayList<>(List.of(
            new Run("n1", 1, 0, 1000 * MS), new Run("n2", 1, 0, Long.MAX_VALUE)));
    private final List<Write> writes = new ArrayList<>(List.of(
            write("n1", 1, 1, 200, Outcome.DONE), write("n1", 1, 2, 900, Outcome.UNKNOWN),
            write("n1", 1, 3, 950, Outcome.NOTHING), write("n2", 2, 1, 1100, Outcome.DONE),
            write("n2", 2, 2, 1200, Outcome.DONE)));
    private final List<Stretch> stretches = new ArrayList<>(List.of(
            stretch("n1", 1, 100, 990, 1900), stretch("n2", 2, 1020, 3000, 4000)));
    private final List<Commit> commits = new ArrayList<>(List.of(
            new Commit("1-n1-1-1", 11), new Commit("1-n1-1-2", 12), new Commit("2-n2-1-1", 21),
            new Commit("2-n2-1-2", 22)));
    private final List<Sighting> sightings = new ArrayList<>(List.of(
            new Sighting(1, 10, 1, "n1/a", Cause.FIRST, false, 100 * MS),
            new Sighting(2, 19, 1, "n1/a", Cause.FIRST, true, 1010 * MS),
            new Sighting(3, 20, 2, "n2/b", Cause.CRASH, false, 1020 * MS)));
    private final List<Fault> faults = new ArrayList<>(List.of(
            new Fault(1, FaultKind.KILL_MASTER, "n1", 1, 2, 1000 * MS, 1500 * MS, true)));
    private final List<Stall> stalls = new ArrayList<>();
    private final List<String> oddities = new ArrayList<>();
    private Register register = new Register("2-n2-1-2", 22, 4);

    private static Write write(String node, long epoch, long number, long millis, Outcome outcome) {
        return new Write(node, 1, epoch, number, millis * MS, outcome, OptionalLong.empty());
    }

    private static Stretch stretch(String node, long epoch, long from, long to, long until) {
        return new Stretch(node, 1, epoch, from * MS, to * MS, until * MS);
    }

    private static Fault with(Fault fault, FaultKind kind, long epochAfter) {
        return new Fault(fault.number(), kind, fault.detail(), fault.epochBefore(), epochAfter, fault.fromNanos(),
                fault.settledNanos(), fault.settled());
    }

    private <T> void change(List<T> list, int index, UnaryOperator<T> how) {
        list.set(index, how.apply(list.get(index)));
    }

    private void expect(Rule... rules) {
        History history = new History(runs, writes, stretches, commits, sightings, register, faults, stalls, oddities,
                Duration.ofMillis(1500), Duration.ofMillis(500), 100 * MS, 3000 * MS);
        assertThat(Checker.check(history)).extracting(Violation::rule).containsExactly(rules);
    }

    @Test
    void acceptsAHistoryInWhichNothingIsWrong() {
        expect();
    }

    @Test
    void rejectsACommitOfAnOldEpochAfterANewOneWasClaimed() {
        change(commits, 1, late -> new Commit(late.mark(), 25));
        register = new Register("1-n1-1-2", 25, 4);

        expect(Rule.STALE_COMMIT);
    }

    /** Nobody saw the claim in the record; the first write of the new epoch proves it. */
    @Test
    void rejectsAStaleCommitAlsoIfTheClaimWasNeverSeen() {
        sightings.subList(1, 3).clear();
        change(commits, 1, late -> new Commit(late.mark(), 25));
        register = new Register("1-n1-1-2", 25, 4);

        expect(Rule.STALE_COMMIT);
    }

    @Test
    void rejectsACommitOfAnEpochThatHasEndedThoughNobodyHasClaimedYet() {
        change(commits, 1, late -> new Commit(late.mark(), 19));
        change(sightings, 1, ended -> new Sighting(2, 18, 1, "n1/a", Cause.FIRST, true, 1010 * MS));

        expect(Rule.STALE_COMMIT);
    }

    @Test
    void rejectsAnAcknowledgedWriteThatWasLost() {
        commits.remove(0);
        register = new Register("2-n2-1-2", 22, 3);

        expect(Rule.OUTCOME);
    }

    @Test
    void rejectsARefusedWriteThatWasCommitted() {
        change(writes, 1, unknown -> unknown.told(Outcome.FENCED, 990 * MS));

        expect(Rule.OUTCOME);
    }

    @Test
    void rejectsARefusalForAnyOtherReason() {
        change(writes, 2, unknown -> unknown.told(Outcome.REFUSED, 990 * MS));

        expect(Rule.OUTCOME);
    }

    @Test
    void rejectsACommitThatNobodyTried() {
        writes.remove(1);

        expect(Rule.OUTCOME);
    }

    @Test
    void rejectsAWriteThatWasCommittedTwice() {
        commits.add(1, new Commit("1-n1-1-1", 13));
        register = new Register("2-n2-1-2", 22, 5);

        expect(Rule.OUTCOME);
    }

    @Test
    void rejectsARegisterThatWasWrittenWithoutATrace() {
        register = new Register("2-n2-1-2", 22, 5);

        expect(Rule.REGISTER);
    }

    @Test
    void rejectsARegisterThatDoesNotHoldTheLastCommit() {
        register = new Register("2-n2-1-1", 22, 4);

        expect(Rule.REGISTER);
    }

    @Test
    void rejectsAnEpochWithTwoHolders() {
        sightings.add(new Sighting(4, 30, 2, "n3/c", Cause.CRASH, false, 2000 * MS));

        expect(Rule.EPOCH);
    }

    @Test
    void rejectsARecordThatGoesBack() {
        sightings.add(new Sighting(4, 30, 1, "n1/a", Cause.FIRST, true, 2000 * MS));

        expect(Rule.EPOCH);
    }

    @Test
    void rejectsAnEpochThatTwoProcessesBelievedTheirs() {
        stretches.add(stretch("n3", 2, 3000, 3010, 3900));

        expect(Rule.EPOCH);
    }

    @Test
    void rejectsTwoThatAreValidAtOnce() {
        change(stretches, 0, held -> stretch("n1", 1, 100, 1021, 1900));

        expect(Rule.OVERLAP);
    }

    @Test
    void rejectsASuccessorByExpiryWhoseLivingPredecessorsClockHasNotRunOut() {
        change(sightings, 2, claim -> new Sighting(3, 20, 2, "n2/b", Cause.SESSION_EXPIRED, false, 1020 * MS));
        change(faults, 0, fault -> with(fault, FaultKind.FREEZE_UNTIL_SUCCEEDED, 2));
        change(runs, 0, run -> new Run("n1", 1, 0, Long.MAX_VALUE));

        expect(Rule.GUARD);
    }

    @Test
    void acceptsASuccessorByExpiryWhosePredecessorIsDead() {
        change(sightings, 2, claim -> new Sighting(3, 20, 2, "n2/b", Cause.SESSION_EXPIRED, false, 1020 * MS));
        change(faults, 0, fault -> with(fault, FaultKind.KILL_AND_RESTART_MASTER, 2));

        expect();
    }

    @Test
    void rejectsATimeWithoutMasterThatIsTooLong() {
        change(stretches, 1, next -> stretch("n2", 2, 1600, 3000, 4000));

        expect(Rule.STUCK);
    }

    @Test
    void rejectsAnEndWithoutMaster() {
        change(stretches, 1, next -> stretch("n2", 2, 1020, 2400, 3400));

        expect(Rule.STUCK);
    }

    @Test
    void rejectsAFaultAfterWhichAllWasNotWellAgain() {
        change(faults, 0, fault -> new Fault(1, fault.kind(), "n1", 1, 2, 1000 * MS, 1500 * MS, false));

        expect(Rule.STUCK);
    }

    @Test
    void rejectsAChangeOfMasterThatNothingExplains() {
        faults.add(new Fault(2, FaultKind.KILL_STANDBY, "n1", 3, 3, 1800 * MS, 1900 * MS, true));

        expect(Rule.NEEDLESS);
    }

    @Test
    void rejectsAChangeOfMasterByAFaultThatMustNotCostOne() {
        change(faults, 0, fault -> with(fault, FaultKind.KILL_STANDBY, 2));

        expect(Rule.NEEDLESS);
    }

    @Test
    void rejectsMoreChangesThanAFaultExplains() {
        change(faults, 0, fault -> with(fault, fault.kind(), 3));

        expect(Rule.NEEDLESS);
    }

    @Test
    void rejectsAnInjectedChangeThatDidNotCome() {
        change(faults, 0, fault -> with(fault, fault.kind(), 1));

        expect(Rule.NEEDLESS);
    }

    @Test
    void rejectsACauseThatIsNotTheFaults() {
        change(sightings, 2, claim -> new Sighting(3, 20, 2, "n2/b", Cause.LEFT, false, 1020 * MS));

        expect(Rule.NEEDLESS);
    }

    @Test
    void excusesAChangeWhileTheHostStoodStill() {
        change(faults, 0, fault -> with(fault, FaultKind.KILL_STANDBY, 2));
        stalls.add(new Stall("driver", 500 * MS, 1450 * MS));

        expect();
    }

    @Test
    void doesNotExcuseAChangeForALittleHiccup() {
        change(faults, 0, fault -> with(fault, FaultKind.KILL_STANDBY, 2));
        stalls.add(new Stall("driver", 1000 * MS, 1450 * MS));

        expect(Rule.NEEDLESS);
    }

    @Test
    void rejectsAProcessThatEndedByItself() {
        oddities.add("n2/1 ended by itself with 0: ended FAILED");

        expect(Rule.ENDED);
    }
}
