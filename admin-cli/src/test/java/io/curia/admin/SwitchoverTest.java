package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Penalty;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Veto;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code switchover} and {@code step-down} ask for, what they refuse to, and what they claim was done. */
class SwitchoverTest {

    private final Desk desk = Desk.ofThree();

    private Switchover asked() {
        return desk.cluster.store().intents().switchover().what().orElseThrow();
    }

    private void handOverTo(String id) {
        desk.time.then(() -> desk.cluster.handOver(id));
    }

    @Test
    void switchoverIsDoneOnceTheTargetIsMaster() {
        handOverTo("n3");

        assertThat(desk.run("switchover", "--to", "n3", "--yes", "--reason", "kernel")).as(desk.said()).isZero();

        assertThat(asked().target()).contains(NodeId.of("n3"));
        assertThat(asked().from()).isEqualTo(NodeId.of("n1"));
        assertThat(asked().actor()).isEqualTo("ann@desk");
        assertThat(asked().reason()).isEqualTo("kernel");
        assertThat(asked().cooldown()).isZero();
        assertThat(desk.said()).contains("n3 is master, epoch 2 after SWITCHOVER");
        assertThat(desk.printed()).containsPattern("n3 +LIVE +MASTER");
    }

    @Test
    void membersAreShownBeforeWithWhatTheyBecome() {
        handOverTo("n3");

        desk.run("switchover", "--to", "n3", "--yes");

        assertThat(desk.said()).containsPattern("n1 +LIVE +MASTER +1 +STANDBY")
                .containsPattern("n3 +LIVE +STANDBY +3 +MASTER").contains("the next master is n3");
    }

    @Test
    void switchoverWithoutATargetEndsAtAnybodyElse() {
        handOverTo("n2");

        assertThat(desk.run("switchover", "--yes")).as(desk.said()).isZero();

        assertThat(asked().target()).isEmpty();
        assertThat(desk.said()).contains("n2 is master, epoch 2");
    }

    @Test
    void stepDownAsksForARest() {
        handOverTo("n2");

        assertThat(desk.run("step-down", "--cooldown", "10m", "--yes")).as(desk.said()).isZero();

        assertThat(asked().cause()).isEqualTo(Cause.STEP_DOWN);
        assertThat(asked().cooldown()).isEqualTo(Duration.ofMinutes(10));
        assertThat(desk.said()).contains("n2 is master, epoch 2 after STEP_DOWN");
    }

    @Test
    void whatHasNotBegunInTimeIsWithdrawn() {
        assertThat(desk.run("switchover", "--to", "n3", "--yes", "--timeout", "2s")).isEqualTo(8);

        assertThat(asked().outcome().orElseThrow().end()).isEqualTo(End.CANCELLED);
        assertThat(desk.said()).contains("withdrew it", "n1 has not stepped aside", "n2 queues before n3");
    }

    @Test
    void steppedAsideWithoutASuccessorIsNotConfirmed() {
        desk.time.then(() -> {
            desk.cluster.handOver("n2");
            desk.cluster.crash("n2");
        });

        assertThat(desk.run("switchover", "--to", "n2", "--yes", "--timeout", "2s")).isEqualTo(8);

        assertThat(asked().outcome().orElseThrow().end()).isEqualTo(End.HANDED_OVER);
        assertThat(desk.said()).contains("not confirmed within 2s", "there is no master now");
    }

    @Test
    void anotherMasterThanTheTargetIsSaidAtOnce() {
        desk.time.then(() -> {
            desk.cluster.crash("n1");
            desk.cluster.elect("n2");
        });

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(8);

        assertThat(desk.said()).contains("did not end at n3", "n2 is master, epoch 2 after SESSION_EXPIRED",
                "n3 is LIVE");
    }

    @Test
    void targetThatIsMasterAlreadyChangesNothing() {
        assertThat(desk.run("switchover", "--to", "n1", "--yes")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("n1 is master already");
    }

    @ParameterizedTest
    @CsvSource({"--to n9,5,no such member: n9", "--to n3 --if-epoch 9,7,epoch 1", "--to o1,7,no candidate",
        "--to d1,7,n1", "--to n3 --at nonsense,2,not a time", "--cancel --to n3,2,--cancel",
        "--to n3 --at 02:00 --force,2,--at"})
    void whatCannotBeDoneChangesNothing(String line, int code, String words) {
        desk.cluster.join("o1", MemberKind.OBSERVER, Map.of());
        desk.cluster.join("d1");
        desk.cluster.crash("d1");

        assertThat(desk.run(("switchover --yes " + line).split(" "))).isEqualTo(code);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains(code == 7 && line.contains("d1") ? "d1 is DOWN" : words);
    }

    @Test
    void withoutAMasterItIsSix() {
        desk.cluster.crash("n1");

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(6);
        assertThat(desk.said()).contains("--force");
    }

    @Test
    void withoutAnotherCandidateItIsRefused() {
        desk.cluster.crash("n2");
        desk.cluster.crash("n3");

        assertThat(desk.run("step-down", "--yes")).isEqualTo(7);
        assertThat(desk.said()).contains("no other candidate");
    }

    @Test
    void whoeverDoesNotQueueCannotFollowAndItIsSaidWhy() {
        desk.cluster.deleteLatch("n3");
        RosterEntry entry = desk.cluster.store().roster(NodeId.of("n3")).orElseThrow();
        desk.cluster.store().put(entry.noted(entry.notes().withVeto(Optional.of(
                new Veto("no replica", desk.time.now(), desk.time.now().plusSeconds(5))))));

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(7);
        assertThat(desk.said()).contains("n3 does not queue for mastership now: refused promotion at ", "no replica");
    }

    @Test
    void anotherPendingSwitchoverIsRespected() {
        desk.time.then(() -> { });
        desk.run("switchover", "--to", "n3", "--at", "2099-01-01T00:00:00Z", "--yes");
        int writes = desk.store.writes();

        assertThat(desk.run("switchover", "--to", "n2", "--yes")).isEqualTo(7);

        assertThat(desk.store.writes()).isEqualTo(writes);
        assertThat(desk.said()).contains("switchover to n3 at 2099-01-01T00:00:00Z asked for by ann@desk is pending");
    }

    @Test
    void aPauseIsRespectedWithoutForce() {
        desk.run("pause", "--for", "30m", "--reason", "upgrade");

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(7);
        assertThat(desk.said()).contains("paused for 30m more by ann@desk: upgrade");
    }

    @Test
    void forceGoesThroughAPause() {
        desk.run("pause", "--for", "30m");
        desk.time.then(() -> { });
        handOverTo("n3");

        assertThat(desk.run("switchover", "--to", "n3", "--yes", "--force")).as(desk.said()).isZero();

        assertThat(asked().forced()).isTrue();
    }

    @Test
    void forceEndsTheTenureOfAMasterThatDoesNotAct() {
        desk.store.afterWrite(() -> { });
        desk.store.afterWrite(() -> {
            Ending ending = desk.cluster.store().master().tenure().orElseThrow().ending().orElseThrow();
            assertThat(ending.cause()).isEqualTo(Cause.SWITCHOVER);
            assertThat(ending.confirmed()).isFalse();
            assertThat(ending.actor()).isEqualTo("ann@desk");
            assertThat(asked().pending()).isTrue();
            desk.cluster.elect("n3");
        });

        assertThat(desk.run("switchover", "--to", "n3", "--yes", "--force")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(2);
        assertThat(desk.said()).contains("n3 is master, epoch 2 after SWITCHOVER");
    }

    @Test
    void forceNamesWhoFollowsAMasterThatIsGone() {
        desk.run("pause", "--for", "30m");
        desk.cluster.crash("n1");
        desk.store.afterWrite(() -> desk.cluster.elect("n3"));

        assertThat(desk.run("switchover", "--to", "n3", "--yes", "--force")).as(desk.said()).isZero();
    }

    @Test
    void dryRunNamesTheWinnerAndChangesNothing() {
        assertThat(desk.run("switchover", "--dry-run", "-o", "name")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.printed()).isEqualTo("n2\n");
    }

    @Test
    void dryRunOfWhatIsNotPossibleIsTen() {
        desk.run("pause", "--for", "30m");

        assertThat(desk.run("switchover", "--to", "n3", "--dry-run")).isEqualTo(10);
        assertThat(desk.said()).contains("NOT POSSIBLE");
    }

    @Test
    void scheduledSwitchoverIsStoredAndNotWaitedFor() {
        assertThat(desk.run("switchover", "--to", "n3", "--at", "2099-01-01T00:00:00+01:00", "--yes"))
                .as(desk.said()).isZero();

        assertThat(asked().notBefore()).isEqualTo("2098-12-31T23:00:00Z");
        assertThat(asked().deadline()).isEqualTo("2098-12-31T23:00:35Z");
        assertThat(desk.said()).contains("scheduled for 2098-12-31T23:00:00Z", "epoch 1");
    }

    @Test
    void conflictIsDecidedAgain() {
        desk.store.beforeWrite(ScriptedStore.failing(StoreException.Kind.CONFLICT));
        handOverTo("n3");

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).as(desk.said()).isZero();
    }

    @Test
    void lostAnswerIsLookedUp() {
        desk.store.afterWrite(ScriptedStore.failing(StoreException.Kind.UNKNOWN_RESULT));
        handOverTo("n3");

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
    }

    @Test
    void whoeverWasAskedAgreedToThatEpochOnly() {
        desk.terminal.answering("y");
        desk.store.beforeWrite(() -> desk.cluster.elect("n2"));

        assertThat(desk.run("switchover", "--to", "n3")).isEqualTo(7);

        assertThat(desk.cluster.store().intents().switchover().what()).isEqualTo(Optional.empty());
        assertThat(desk.said()).contains("epoch 2, not 1");
    }

    @Test
    void withoutAPersonItNeedsYes() {
        assertThat(desk.run("step-down")).isEqualTo(7);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("--yes");
    }

    /** Who is held back has not noticed yet that somebody else queues. */
    @Test
    void whoeverIsHeldBackIsNotForetoldWhileAnotherQueues() {
        RosterEntry second = desk.cluster.store().roster(NodeId.of("n2")).orElseThrow();
        Penalty penalty = new Penalty(3, new Epoch(1), "crashed", desk.time.now(), desk.time.now().plusSeconds(60));
        desk.cluster.store().put(second.noted(second.notes().withPenalty(Optional.of(penalty))));

        assertThat(desk.run("switchover", "--dry-run", "-o", "name")).as(desk.said()).isZero();
        assertThat(desk.printed()).isEqualTo("n3\n");
        handOverTo("n3");
        assertThat(desk.run("switchover", "--yes")).as(desk.said()).isZero();

        assertThat(asked().target()).as("the one foretold").contains(NodeId.of("n3"));
    }
}
