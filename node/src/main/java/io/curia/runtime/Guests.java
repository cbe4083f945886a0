package io.curia.runtime;

import io.curia.core.JoinPolicy;
import io.curia.core.JoinPolicy.Applicant;
import io.curia.core.Refusal;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import io.curia.wire.Connection;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.wire.message.TutorialJoin;
import io.curia.wire.message.TutorialReply;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members that know no ZooKeeper: each is registered in this node's session for as long as its connection stands.
 *
 * <p>Everything that blocks runs on the join threads; a guest that went, was evicted, or lost its registration with
 * this node's session is looked at again there.
 */
final class Guests {

    /** How many guests one node holds; each costs an ephemeral record. */
    static final int MAX_GUESTS = 256;

    private static final Logger log = LoggerFactory.getLogger(Guests.class);

    private final NodeConfig config;
    private final ClusterStore store;
    private final Supplier<NodeState> state;
    private final Supplier<Incarnation> incarnations;
    private final Executor joins;
    private final Clock clock;
    private final Map<NodeId, Guest> held = new ConcurrentHashMap<>();

    private record Guest(Member member, Connection connection) {
    }

    Guests(NodeConfig config, ClusterStore store, Supplier<NodeState> state, Supplier<Incarnation> incarnations,
            Executor joins, Clock clock) {
        this.config = config;
        this.store = store;
        this.state = state;
        this.incarnations = incarnations;
        this.joins = joins;
        this.clock = clock;
    }

    /** Returns the answer to a program that wants to be a guest; blocks. */
    Reply answer(TutorialJoin request, Connection connection) {
        NodeId id = request.source().id();
        Optional<Refusal> refusal = precluded(id);
        if (refusal.isEmpty()) {
            Guest guest = new Guest(memberFor(request), connection);
            refusal = held.putIfAbsent(id, guest) != null
                    ? Optional.of(new Refusal(RefusalReason.DUPLICATE_ID, "a guest named " + id + " is here already"))
                    : takeIn(guest);
        }
        if (refusal.isPresent()) {
            log.info("{}: guest {} refused: {} {}", config.id(), id, refusal.get().reason(),
                    refusal.get().detail());
            return Refused.of(refusal.get().reason(), refusal.get().detail());
        }
        log.info("{}: guest {} from {}", config.id(), id, connection.remote());
        return new TutorialReply(new Peer(config.id(), state.get().address()), request.source(),
                "welcome to the cluster; you are a guest for as long as this connection stands");
    }

    private Optional<Refusal> precluded(NodeId id) {
        NodeState now = state.get();
        if (!config.guests()) {
            return Optional.of(new Refusal(RefusalReason.UNAUTHORIZED, "this cluster takes no guests"));
        }
        if (!now.isMember() || !now.connected()) {
            return Optional.of(new Refusal(RefusalReason.UNAVAILABLE,
                    config.id() + " is not a member, or has lost ZooKeeper; ask another member"));
        }
        if (held.size() >= MAX_GUESTS) {
            return Optional.of(new Refusal(RefusalReason.BUSY, config.id() + " holds " + MAX_GUESTS
                    + " guests already; ask another member"));
        }
        return Optional.empty();
    }

    private Member memberFor(TutorialJoin request) {
        return new Member(request.source().id(), incarnations.get(), request.source().address(), MemberKind.GUEST, 0,
                "", "", clock.instant(), Map.of(), Optional.of(config.id()));
    }

    private Optional<Refusal> takeIn(Guest guest) {
        try {
            Optional<Refusal> refusal = register(guest.member());
            if (refusal.isPresent()) {
                held.remove(guest.member().id(), guest);
                return refusal;
            }
        } catch (StoreException e) {
            // Perhaps it was registered after all: if so it must go, for nobody would hold it.
            forget(guest);
            return Optional.of(new Refusal(RefusalReason.UNAVAILABLE, "ZooKeeper: " + e.getMessage()));
        }
        guest.connection().keep();
        watch(guest);
        guest.connection().onClose(() -> joins.execute(() -> forget(guest)));
        return Optional.empty();
    }

    private Optional<Refusal> register(Member guest) {
        Applicant applicant = new Applicant(guest.id(), guest.incarnation(), MemberKind.GUEST);
        Optional<RosterEntry> entry = store.roster(guest.id());
        Optional<Refusal> objection = JoinPolicy.objection(applicant, entry, store.live(guest.id()), true,
                clock.instant());
        if (objection.isPresent()) {
            return objection;
        }
        JoinPolicy.admission(applicant, entry, config.id(), clock.instant()).ifPresent(store::put);
        RosterEntry admitted = store.roster(guest.id()).orElseThrow(() -> new StoreException(
                StoreException.Kind.CONFLICT, "the roster entry of " + guest.id() + " vanished"));
        store.registerGuest(guest, admitted.registered(guest));
        return Optional.empty();
    }

    private void watch(Guest guest) {
        store.watchLive(guest.member().id(), () -> joins.execute(() -> lookAfter(guest)));
    }

    /** The registration ended under the guest: it was evicted, or this node's session was lost. */
    private void lookAfter(Guest guest) {
        if (held.get(guest.member().id()) != guest) {
            return;
        }
        try {
            Optional<Refusal> objection = register(guest.member());
            if (objection.isPresent()) {
                guest.connection().send(Refused.of(objection.get().reason(), objection.get().detail()));
                guest.connection().close();
            } else {
                watch(guest);
            }
        } catch (StoreException e) {
            log.warn("{}: guest {} is let go: {}", config.id(), guest.member().id(), e.getMessage());
            guest.connection().close();
        }
    }

    private void forget(Guest guest) {
        // First, so that the end of its registration is not taken for a loss to be made good.
        held.remove(guest.member().id(), guest);
        try {
            store.releaseGuest(guest.member());
        } catch (StoreException e) {
            log.warn("{}: guest {} stays listed until this node's session ends: {}", config.id(),
                    guest.member().id(), e.getMessage());
        }
    }
}
