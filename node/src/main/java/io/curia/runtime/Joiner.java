package io.curia.runtime;

import io.curia.core.Event;
import io.curia.core.JoinPolicy;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.Observation;
import io.curia.model.RefusalReason;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.Addressee;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.JoinRequest;
import io.curia.wire.message.Joined;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks members to let this node in: the seeds it was told of, or the master that it sees and, if that does not do, a
 * few live members found in ZooKeeper. The first answer that counts, counts; members that do not answer, or cannot
 * admit anybody now, are passed over.
 *
 * <p>Blocks; runs on a thread for joins, or for chores while there are none.
 */
final class Joiner {

    private static final Logger log = LoggerFactory.getLogger(Joiner.class);
    private static final int PEERS = 3;

    private final NodeConfig config;
    private final ClusterStore store;
    private final Dialler members;
    private final Dialler dialBack;
    private final Function<Incarnation, Member> self;

    Joiner(NodeConfig config, ClusterStore store, Dialler members, Dialler dialBack,
            Function<Incarnation, Member> self) {
        this.config = config;
        this.store = store;
        this.members = members;
        this.dialBack = dialBack;
        this.self = self;
    }

    /**
     * Returns what became of asking to be let in as this incarnation.
     *
     * @param seen what this node saw a moment ago: whether another incarnation is registered under its id, and who is
     *     master, who can be asked without looking for anybody
     */
    Event ask(Incarnation incarnation, String clusterUuid, Observation seen) {
        Member applicant = self.apply(incarnation);
        List<String> passedOver = new ArrayList<>();
        try {
            Optional<Member> holder = (seen.live().isPresent() ? store.live(config.id()) : Optional.<Member>empty())
                    .filter(found -> !found.incarnation().equals(incarnation))
                    .filter(dialBack::answersAs);
            if (holder.isPresent()) {
                return new Event.JoinRefused(RefusalReason.DUPLICATE_ID, JoinPolicy.duplicate(holder.get()).detail());
            }
            List<Endpoint> known = config.seeds().isEmpty() ? master(seen).stream().toList() : config.seeds();
            Optional<Event> answer = askInTurn(known, applicant, clusterUuid, passedOver);
            if (answer.isEmpty() && config.seeds().isEmpty()) {
                answer = askInTurn(othersThan(known), applicant, clusterUuid, passedOver);
            }
            if (answer.isPresent()) {
                return answer.get();
            }
        } catch (StoreException e) {
            passedOver.add("ZooKeeper: " + e.getMessage());
        }
        return new Event.NobodyAnswered(passedOver.isEmpty()
                ? "no other member is live" : "no member answered: " + String.join("; ", passedOver));
    }

    private Optional<Endpoint> master(Observation seen) {
        return seen.master().tenure().filter(tenure -> seen.holderLive() && tenure.ending().isEmpty())
                .filter(tenure -> !tenure.id().equals(config.id())).map(Tenure::address);
    }

    private List<Endpoint> othersThan(List<Endpoint> asked) {
        return store.peers(config.id(), PEERS).stream().map(Member::address)
                .filter(member -> !asked.contains(member)).toList();
    }

    private Optional<Event> askInTurn(List<Endpoint> some, Member applicant, String clusterUuid,
            List<String> passedOver) {
        return some.stream().flatMap(member -> askOne(member, applicant, clusterUuid, passedOver).stream())
                .findFirst();
    }

    private Optional<Event> askOne(Endpoint member, Member applicant, String clusterUuid, List<String> passedOver) {
        Reply reply;
        try {
            reply = members.ask(member, request(member, applicant));
        } catch (NoAnswerException e) {
            log.info("{}: asked to be let in: {}", config.id(), e.getMessage());
            passedOver.add(e.getMessage());
            return Optional.empty();
        }
        Optional<Joined> joined = reply.as(Joined.class);
        if (joined.isPresent()) {
            return Optional.of(accepted(member, joined.get(), clusterUuid));
        }
        Optional<Refused> refused = reply.as(Refused.class);
        if (refused.isPresent() && refused.get().reason().isFinal()) {
            return Optional.of(new Event.JoinRefused(refused.get().reason(), refused.get().detail()));
        }
        passedOver.add(member + " " + refused.map(found -> found.reason() + ": " + found.detail())
                .or(() -> reply.as(ErrorReply.class).map(error -> error.code() + ": " + error.detail()))
                .orElse("answered " + reply.type()));
        return Optional.empty();
    }

    /** Two clusters of one name in two ensembles: the member admitted us to the other one. */
    private Event accepted(Endpoint member, Joined joined, String clusterUuid) {
        if (!joined.uuid().equals(clusterUuid)) {
            return new Event.JoinRefused(RefusalReason.WRONG_CLUSTER, member + " is in cluster " + joined.cluster()
                    + " with uuid " + joined.uuid() + ", this node's ZooKeeper holds " + clusterUuid);
        }
        log.info("{}: let in by {} at {}", config.id(), joined.source().id(), member);
        return new Event.JoinAccepted();
    }

    private JoinRequest request(Endpoint member, Member applicant) {
        Optional<String> proof = config.joinSecret().map(secret -> secret.prove(config.zooKeeper().cluster(),
                applicant.id().value(), applicant.incarnation().value(), applicant.address().toString()));
        return new JoinRequest(config.zooKeeper().cluster(), new Peer(applicant.id(), applicant.address()),
                Addressee.at(member), applicant.incarnation(), applicant.kind(), applicant.pid(),
                applicant.version(), applicant.tags(), proof, "please add me to the cluster");
    }
}
