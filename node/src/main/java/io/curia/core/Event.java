package io.curia.core;

import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.RefusalReason;
import io.curia.model.YieldedTenure;
import java.util.List;
import java.util.Optional;

/** Something the node learned. Events of one source arrive in order; nothing is promised between sources. */
public sealed interface Event {

    /** Calls the handler's method for this kind of event. */
    void applyTo(Handler handler);

    /** One method a kind of event, so that a new kind fails to compile until it is handled. */
    interface Handler {
        void onObserved(Observation observation);

        void onEpochSeen(Epoch epoch);

        void onJoinAccepted();

        void onJoinRefused(RefusalReason reason, String detail);

        void onNobodyAnswered(String detail);

        void onCompleted(ActionKind kind, Result result, String detail);

        void onClaimed(String claimId, int masterVersion, long issuedNanos);

        void onRenewed(String claimId, long issuedNanos);

        void onRenewalRefused(String claimId, String detail);

        void onDutiesStopped(Epoch epoch);

        void onDeathVerified(Obituary obituary);

        void onTenureYielded(Incarnation holder, YieldedTenure word);

        void onNobodyHeard(Epoch epoch);

        void onHungUp(NodeId id);

        void onHealthReported(Optional<String> problem);

        void onOrderSeen(List<Contender> order);

        void onPermissionAnswered(String askId, Optional<String> objection);

        void onHeirAnswered(HeirAnswered answer);

        void onStepDownRequested(Cause cause, String reason);

        void onStopRequested(String reason);

        void onFailed(Farewell.Kind kind, String detail);
    }

    /** How a write ended. */
    enum Result { DONE, CONFLICT, DENIED, UNKNOWN }

    /** The session saw this. */
    record Observed(Observation observation) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onObserved(observation);
        }
    }

    /** This epoch was given out in this cluster, by whatever witness; no claim goes at or below it. */
    record EpochSeen(Epoch epoch) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onEpochSeen(epoch);
        }
    }

    /** A member let this node in. */
    record JoinAccepted() implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onJoinAccepted();
        }
    }

    /** A member refused to let this node in, and so would every other. */
    record JoinRefused(RefusalReason reason, String detail) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onJoinRefused(reason, detail);
        }
    }

    /** None of those asked gave an answer that counts. */
    record NobodyAnswered(String detail) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onNobodyAnswered(detail);
        }
    }

    /** An action ended. A committed claim is {@link Claimed} instead; a renewal answers in events of its own. */
    record Completed(ActionKind kind, Result result, String detail) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onCompleted(kind, result, detail);
        }
    }

    /** The claim with this id, issued at this moment of the monotonic clock, was committed. */
    record Claimed(String claimId, int masterVersion, long issuedNanos) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onClaimed(claimId, masterVersion, issuedNanos);
        }
    }

    /** A quorum confirmed the place of this claim after this moment of the monotonic clock. */
    record Renewed(String claimId, long issuedNanos) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onRenewed(claimId, issuedNanos);
        }
    }

    /** A quorum says that the place of this claim is gone, or its record moved on. */
    record RenewalRefused(String claimId, String detail) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onRenewalRefused(claimId, detail);
        }
    }

    /** Everything the application did as master of this epoch has stopped. */
    record DutiesStopped(Epoch epoch) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onDutiesStopped(epoch);
        }
    }

    /** A member was found dead; its registration and its place in the latch are in everybody's way. */
    record DeathVerified(Obituary obituary) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onDeathVerified(obituary);
        }
    }

    /** The holder of a tenure, this registration, has said that it is over. */
    record TenureYielded(Incarnation holder, YieldedTenure word) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onTenureYielded(holder, word);
        }
    }

    /** Nobody who could take over was there to hear that the tenure of this epoch is over. */
    record NobodyHeard(Epoch epoch) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onNobodyHeard(epoch);
        }
    }

    /** The last lifeline of a candidate to this master ended without a goodbye: it died, or the network cut it. */
    record HungUp(NodeId id) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onHungUp(id);
        }
    }

    /** This program is not fit to be master, for this reason, or is, without one. */
    record HealthReported(Optional<String> problem) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onHealthReported(problem);
        }
    }

    /** Who queues, first in the queue first; nobody while it does not matter who goes before whom. */
    record OrderSeen(List<Contender> order) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onOrderSeen(order);
        }
    }

    /** The application has answered whether this node may be promoted: why not, or nothing. */
    record PermissionAnswered(String askId, Optional<String> objection) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onPermissionAnswered(askId, objection);
        }
    }

    /** Whoever is to follow was asked whether it is there, at this time: what speaks against it, or nothing. */
    record HeirAnswered(NodeId heir, long issuedNanos, Optional<String> objection) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onHeirAnswered(this);
        }
    }

    /** Somebody wants this node to give up mastership and stay a member. */
    record StepDownRequested(Cause cause, String reason) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onStepDownRequested(cause, reason);
        }
    }

    /** The node is to leave and end. */
    record StopRequested(String reason) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onStopRequested(reason);
        }
    }

    /** The node cannot go on. */
    record Failed(Farewell.Kind kind, String detail) implements Event {
        @Override
        public void applyTo(Handler handler) {
            handler.onFailed(kind, detail);
        }
    }

    /** Time passed. */
    record Ticked() implements Event {
        @Override
        public void applyTo(Handler handler) {
            // The decision that follows every event looks at the clock; there is nothing to note.
        }
    }
}
