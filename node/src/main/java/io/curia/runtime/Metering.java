package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Moment;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Observation;
import io.curia.model.RefusalReason;
import io.curia.model.Tenure;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the meters of a node what happens in it: makes edges of the levels that the loop sees. With no meter it costs a
 * few comparisons a turn.
 */
final class Metering {

    private static final Logger log = LoggerFactory.getLogger(Metering.class);
    /** Who was found dead and is still seen reigning after this was not dead. */
    private static final long VERDICT_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<NodeMeter> meters = new CopyOnWriteArrayList<>();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile NodeState state;
    private volatile Duration sessionTimeout = Duration.ZERO;
    // The loop's own.
    private Observation last = Observation.NOTHING;
    private boolean begun;
    private OptionalLong vacantSinceNanos = OptionalLong.empty();
    private Epoch ending = Epoch.NONE;
    /** The session of which it is known already that it ended. */
    private long endedSession;

    Metering(NodeState initial) {
        this.state = initial;
    }

    void add(NodeMeter meter) {
        meters.add(meter);
        tell(meter, told -> told.onState(state));
    }

    void remove(NodeMeter meter) {
        meters.remove(meter);
    }

    /** Returns the last session timeout that was negotiated; zero before the first. */
    Duration sessionTimeout() {
        return sessionTimeout;
    }

    void state(NodeState now) {
        state = now;
        if (!meters.isEmpty()) {
            tell(meter -> meter.onState(now));
        }
    }

    /** The loop has learned of this event at this moment, done these, and was through with it at the other. */
    void turned(Event event, List<Action> actions, Moment began, long endedNanos) {
        heard(event, began);
        for (Action action : actions) {
            did(action, began);
        }
        if (!meters.isEmpty()) {
            tell(meter -> meter.onTurn(Duration.ofNanos(endedNanos - began.nanos())));
        }
    }

    /** The loop wanted to go on by itself at the first of these moments and does at the other. */
    void woke(long dueNanos, long nowNanos) {
        if (!meters.isEmpty()) {
            tell(meter -> meter.onLateness(Duration.ofNanos(Math.max(0, nowNanos - dueNanos))));
        }
    }

    /** ZooKeeper answered a round of reads; on any thread. */
    void looked(Duration roundTrip) {
        if (!meters.isEmpty()) {
            tell(meter -> meter.onLook(roundTrip));
        }
    }

    /** A request to be let in was answered; on any thread. */
    void answered(Reply reply) {
        if (!meters.isEmpty()) {
            Optional<RefusalReason> refusal = reply.as(Refused.class).map(Refused::reason);
            tell(meter -> meter.onJoinAnswered(refusal));
        }
    }

    private void heard(Event event, Moment now) {
        if (event instanceof Event.Observed observed) {
            observed(observed.observation(), now);
        } else if (event instanceof Event.DeathVerified verified) {
            gone(verified.obituary().incarnation(), now);
        } else if (event instanceof Event.TenureYielded yielded) {
            gone(yielded.holder(), now);
        } else if (event instanceof Event.Renewed renewed && !meters.isEmpty()) {
            tell(meter -> meter.onRenewal(Duration.ofNanos(now.nanos() - renewed.issuedNanos())));
        } else if (event instanceof Event.RenewalRefused) {
            tell(meter -> meter.onRenewalFailed(true));
        } else if (event instanceof Event.Completed completed && completed.kind() == ActionKind.RENEW) {
            tell(meter -> meter.onRenewalFailed(false));
        }
    }

    private void did(Action action, Moment now) {
        if (action instanceof Action.BeginMastership begin) {
            vacantSinceNanos.ifPresent(since -> tell(meter -> meter.onFailover(begin.tenure().cause(),
                    Duration.ofNanos(now.nanos() - since))));
            vacantSinceNanos = OptionalLong.empty();
        } else if (action instanceof Action.StopDuties stop && !stop.epoch().equals(ending)) {
            ending = stop.epoch();
            tell(meter -> meter.onMastershipEnding(stop.planned()));
        }
    }

    private void observed(Observation seen, Moment now) {
        sessionTimeout = seen.sessionTimeout();
        link(seen);
        succession(seen, now);
        last = seen;
        begun |= seen.connected();
    }

    private void link(Observation seen) {
        boolean otherSession = last.sessionId() != 0 && seen.connected() && seen.sessionId() != last.sessionId();
        boolean lost = last.live().isPresent() && !seen.connected() && seen.live().isEmpty();
        if (last.connected() && !seen.connected()) {
            tell(meter -> meter.onLink(NodeMeter.Link.DISCONNECTED));
        }
        if ((otherSession || lost) && last.sessionId() != endedSession) {
            endedSession = last.sessionId();
            tell(meter -> meter.onLink(NodeMeter.Link.SESSION_LOST));
        }
        if (!last.connected() && seen.connected()) {
            tell(meter -> meter.onLink(NodeMeter.Link.CONNECTED));
        }
    }

    /** What was recorded before this node first looked is nothing that it saw happen. */
    private void succession(Observation seen, Moment now) {
        Optional<Tenure> tenure = seen.master().tenure();
        Optional<String> before = last.master().tenure().map(Tenure::claimId);
        if (begun && tenure.isPresent() && !before.equals(tenure.map(Tenure::claimId))) {
            tell(meter -> meter.onElection(tenure.get().cause()));
        }
        if (reigning(seen).isPresent()) {
            // The node's own mastership may be seen before it is handed out, which is when the vacancy ends.
            boolean others = !before.equals(tenure.map(Tenure::claimId)) && !tenure.get().id().equals(state.id());
            if (others || now.nanos() - vacantSinceNanos.orElse(now.nanos()) > VERDICT_NANOS) {
                vacantSinceNanos = OptionalLong.empty();
            }
        } else if (reigning(last).isPresent() && vacantSinceNanos.isEmpty()) {
            vacantSinceNanos = OptionalLong.of(now.nanos());
        }
    }

    /** This registration was found dead, or has said that its tenure is over. */
    private void gone(Incarnation holder, Moment now) {
        if (vacantSinceNanos.isEmpty() && reigning(last).filter(tenure -> tenure.isOf(holder)).isPresent()) {
            vacantSinceNanos = OptionalLong.of(now.nanos());
        }
    }

    private static Optional<Tenure> reigning(Observation seen) {
        return seen.master().tenure().filter(tenure -> tenure.ending().isEmpty() && seen.holderLive());
    }

    private void tell(Consumer<NodeMeter> what) {
        for (NodeMeter meter : meters) {
            tell(meter, what);
        }
    }

    private void tell(NodeMeter meter, Consumer<NodeMeter> what) {
        try {
            what.accept(meter);
        } catch (RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                log.warn("{}: a meter threw; what else it throws is not logged", state.id(), e);
            }
        }
    }
}
