package io.curia.runtime;

import io.curia.core.JoinPolicy;
import io.curia.core.JoinPolicy.Applicant;
import io.curia.core.Refusal;
import io.curia.model.Endpoint;
import io.curia.model.RefusalReason;
import io.curia.store.ClusterStore;
import io.curia.store.ClusterStore.Standing;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.wire.message.JoinRequest;
import io.curia.wire.message.Joined;
import io.curia.wire.message.MasterInfo;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets others in, on behalf of the cluster: any member may. Reads what the records say of the applicant, dials its
 * advertised address back, writes the roster conditionally on what was read, and answers.
 *
 * <p>Blocks; runs on a thread for joins.
 */
final class Sponsor {

    private static final Logger log = LoggerFactory.getLogger(Sponsor.class);
    private static final int ATTEMPTS = 5;

    private final NodeConfig config;
    private final ClusterStore store;
    private final Dialler dialler;
    private final Supplier<NodeState> state;
    private final HistoryKeeper history;
    private final Clock clock;

    Sponsor(NodeConfig config, ClusterStore store, Dialler dialler, Supplier<NodeState> state, HistoryKeeper history,
            Clock clock) {
        this.config = config;
        this.store = store;
        this.dialler = dialler;
        this.state = state;
        this.history = history;
        this.clock = clock;
    }

    /** Returns the answer to a request to join; whatever it says has been written. */
    Reply answer(JoinRequest request) {
        Optional<Refusal> refusal = refusal(request);
        refusal.ifPresent(why -> {
            log.info("{}: join of {} from {} refused: {} {}", config.id(), request.source().id(),
                    request.source().address(), why.reason(), why.detail());
            // The others say that somebody else may be asked, or the same again.
            if (why.reason() != RefusalReason.UNAVAILABLE && why.reason() != RefusalReason.BUSY) {
                history.refused(request.source().id(), why.reason() + " from " + request.source().address() + ": "
                        + why.detail());
            }
        });
        return refusal.<Reply>map(why -> Refused.of(why.reason(), why.detail())).orElseGet(() -> joined(request));
    }

    private Optional<Refusal> refusal(JoinRequest request) {
        if (!request.cluster().equals(config.zooKeeper().cluster())) {
            return refuse(RefusalReason.WRONG_CLUSTER, "this is a member of cluster " + config.zooKeeper().cluster()
                    + ", not of " + request.cluster());
        }
        if (!proven(request)) {
            return refuse(RefusalReason.UNAUTHORIZED, "the proof of the join secret is missing or wrong");
        }
        if (!state.get().isMember() || !state.get().connected()) {
            return refuse(RefusalReason.UNAVAILABLE, config.id() + " is not a member, or has lost ZooKeeper; "
                    + "ask another member");
        }
        Applicant applicant = new Applicant(request.source().id(), request.incarnation(), request.kind());
        try {
            return admit(applicant, request.source().address());
        } catch (StoreException e) {
            return refuse(e.kind() == Kind.DENIED ? RefusalReason.UNAUTHORIZED : RefusalReason.UNAVAILABLE,
                    "ZooKeeper: " + e.getMessage());
        }
    }

    private boolean proven(JoinRequest request) {
        return config.joinSecret().map(secret -> request.proof()
                .filter(proof -> secret.verifies(proof, request.cluster(), request.source().id().value(),
                        request.incarnation().value(), request.source().address().toString()))
                .isPresent()).orElse(true);
    }

    private Optional<Refusal> admit(Applicant applicant, Endpoint address) {
        StoreException lastConflict = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Whoever is let in on what is out of date fails at this write, or when it registers.
            boolean fresh = attempt > 0;
            Standing standing = fresh ? store.standing(applicant.id()) : store.glimpse(applicant.id());
            Optional<Refusal> objection = objection(applicant, standing);
            if (objection.isPresent() && !fresh) {
                continue; // But it is not to be turned away for what may be gone by now.
            }
            Optional<Refusal> refusal = objection.or(() -> unreachable(applicant, address));
            if (refusal.isPresent()) {
                return refusal;
            }
            try {
                JoinPolicy.admission(applicant, standing.entry(), config.id(), clock.instant())
                        .ifPresent(store::put);
                return Optional.empty();
            } catch (StoreException e) {
                if (e.kind() != Kind.CONFLICT && e.kind() != Kind.UNKNOWN_RESULT) {
                    throw e;
                }
                lastConflict = e;
            }
        }
        return refuse(RefusalReason.BUSY, "the roster entry changed " + ATTEMPTS + " times: "
                + lastConflict.getMessage());
    }

    private Optional<Refusal> objection(Applicant applicant, Standing standing) {
        boolean holderAnswers = standing.live().filter(dialler::answersAs).isPresent();
        return JoinPolicy.objection(applicant, standing.entry(), standing.live(), holderAnswers, clock.instant());
    }

    private Optional<Refusal> unreachable(Applicant applicant, Endpoint address) {
        return dialler.whyNot(applicant.id(), applicant.incarnation(), address)
                .map(why -> new Refusal(RefusalReason.UNREACHABLE, "dialling back " + address + ": " + why
                        + "; is --advertise an address that members can reach?"));
    }

    private Joined joined(JoinRequest request) {
        NodeState now = state.get();
        log.info("{}: let {} in, at {}", config.id(), request.source().id(), request.source().address());
        return new Joined(config.zooKeeper().cluster(), now.cluster().orElseThrow().uuid(),
                new Peer(config.id(), now.address()), request.source(), now.epoch(),
                now.currentMaster().map(MasterInfo::of), "welcome to the cluster");
    }

    private static Optional<Refusal> refuse(RefusalReason reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }
}
