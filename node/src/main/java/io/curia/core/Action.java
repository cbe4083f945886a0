package io.curia.core;

import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Grounds;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.model.YieldedTenure;
import java.util.List;
import java.util.Optional;

/**
 * Something the node must do. Actions of one step are performed in order; each may be lost, or come twice, and the
 * core asks again for as long as it does not see the result.
 */
public sealed interface Action {

    /** Calls the performer's method for this kind of action. */
    void performBy(Performer performer);

    /** One method a kind of action, so that a new kind fails to compile until it is performed. */
    interface Performer {
        void changeRole(RoleChanged change);

        void askToJoin(Incarnation incarnation);

        void admitSelf(RosterEntry entry);

        void register(Incarnation incarnation, RosterEntry entry);

        void enterLatch();

        void withdrawLatch();

        void askPermission(AskPermission ask);

        void askHeir(AskHeir ask);

        void claim(Claim claim);

        void renew(Renew renew);

        void beginMastership(BeginMastership begin);

        void extendMastership(Epoch epoch, long validUntilNanos);

        void revokeMastership(Epoch epoch);

        void stopDuties(StopDuties stop);

        void endTenure(EndedTenure ended);

        void yieldTenure(YieldedTenure word);

        void stepAside(StepAside aside);

        void settle(Settle settle);

        void note(RosterEntry entry);

        void leave(Leave leave);

        void remove(Remove remove);

        void spare(Spare spare);

        void finish(Farewell farewell);
    }

    /** The role is another now; already so when this is performed. */
    record RoleChanged(Role from, Role to, Epoch epoch, String reason) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.changeRole(this);
        }
    }

    /** Ask a member over TCP to be let in as this incarnation. */
    record AskToJoin(Incarnation incarnation) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.askToJoin(incarnation);
        }
    }

    /** Write one's own admission: nobody else is there to do it. */
    record AdmitSelf(RosterEntry entry) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.admitSelf(entry);
        }
    }

    /** Register as this incarnation under this roster entry. */
    record Register(Incarnation incarnation, RosterEntry entry) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.register(incarnation, entry);
        }
    }

    /** Queue in the latch. */
    record EnterLatch() implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.enterLatch();
        }
    }

    /** Give up the place in the latch, whatever holds it. */
    record WithdrawLatch() implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.withdrawLatch();
        }
    }

    /** Ask the application whether this node may be promoted; the same question may come again. */
    record AskPermission(String askId, Epoch next, Cause cause, Optional<Tenure> before) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.askPermission(this);
        }
    }

    /** Ask whoever is to follow, over TCP, whether it is there; told as {@link Event.HeirAnswered} in any case. */
    record AskHeir(NodeId heir, long issuedNanos) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.askHeir(this);
        }
    }

    /**
     * Claim this tenure, if the record before it stands and so does what else it was decided on; with what is to be
     * taken down in the same transaction, if this node takes over.
     */
    record Claim(Tenure tenure, MasterRecord before, int rosterVersion, Grounds grounds, long issuedNanos,
            Optional<Takeover> takeover) implements Action {

        /** Returns the version that the master record must still have. */
        public int masterVersion() {
            return before.version();
        }

        @Override
        public void performBy(Performer performer) {
            performer.claim(this);
        }
    }

    /** Have a quorum confirm that the place of this tenure still stands. */
    record Renew(Tenure tenure, int masterVersion, long issuedNanos) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.renew(this);
        }
    }

    /** The claim succeeded: hand the mastership to the application, valid until this moment of the clock. */
    record BeginMastership(Tenure tenure, int masterVersion, long validUntilNanos) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.beginMastership(this);
        }
    }

    /** The mastership is valid for longer. */
    record ExtendMastership(Epoch epoch, long validUntilNanos) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.extendMastership(epoch, validUntilNanos);
        }
    }

    /** The mastership is invalid from now on. */
    record RevokeMastership(Epoch epoch) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.revokeMastership(epoch);
        }
    }

    /** Have the application stop what it does as master; planned: its mastership is still valid meanwhile. */
    record StopDuties(Epoch epoch, boolean planned, String reason) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.stopDuties(this);
        }
    }

    /** A tenure with its ending, and the master record that it may replace. */
    record EndedTenure(Tenure tenure, MasterRecord before) {

        /** Returns the version that the master record must still have. */
        public int masterVersion() {
            return before.version();
        }

        /** Returns whether nobody has recorded before that this tenure ended. */
        public boolean isNews() {
            return before.tenure().flatMap(Tenure::ending).isEmpty();
        }
    }

    /** Record that the tenure ended and its holder is invalid. */
    record EndTenure(EndedTenure ended) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.endTenure(ended);
        }
    }

    /**
     * Say to whoever is next that this tenure is over, and that it may take over. If nobody who could is there to hear
     * it, that is to be told as {@link Event.NobodyHeard}.
     */
    record Yield(YieldedTenure word) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.yieldTenure(word);
        }
    }

    /** Record the end of the tenure, settle the switchover it ends for, give up the place: in one transaction. */
    record StepAside(EndedTenure ended, Optional<Versioned<Switchover>> settled) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.stepAside(this);
        }
    }

    /** Record what became of a switchover, if the master record still has this version. */
    record Settle(Versioned<Switchover> settled, int masterVersion) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.settle(this);
        }
    }

    /** Have the roster say this of the node's own candidacy. */
    record Note(RosterEntry entry) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.note(entry);
        }
    }

    /** Leave in one transaction. */
    record Leave(RosterEntry departed, Optional<String> latchPath, Optional<EndedTenure> ended, String reason)
            implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.leave(this);
        }
    }

    /**
     * Remove what these dead registrations hold, in one transaction, and claim in the same one if this node is first in
     * the queue by it.
     */
    record Remove(List<Obituary> dead, Optional<Claim> claim) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.remove(this);
        }
    }

    /** This one, and whoever else is found dead for now, is left to its session: too many were of late. */
    record Spare(Obituary found) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.spare(this);
        }
    }

    /** Close everything; nothing follows. */
    record Finish(Farewell farewell) implements Action {
        @Override
        public void performBy(Performer performer) {
            performer.finish(farewell);
        }
    }
}
