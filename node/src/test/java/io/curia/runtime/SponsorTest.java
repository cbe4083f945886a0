package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.ClusterStore.Standing;
import io.curia.store.memory.MemoryEnsemble;
import io.curia.wire.message.Addressee;
import io.curia.wire.message.JoinRequest;
import io.curia.wire.message.Joined;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.zookeeper.ZooKeeperSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whom a member lets in when what it sees at a glance is out of date. */
class SponsorTest {

    private static final NodeId SELF = NodeId.of("m");
    private static final Endpoint ADDRESS = new Endpoint("127.0.0.1", 1);

    @AutoClose
    private final FakeMember applicant = new FakeMember("n1", 2);
    @AutoClose
    private final FakeMember namesake = new FakeMember("n1", 1);
    private final MemoryEnsemble cluster = MemoryEnsemble.cluster(FakeMember.CLUSTER);
    private Standing glimpsed = new Standing(Optional.empty(), Optional.empty());

    /** A store whose glances show what the test says, and whose every other answer is the cluster's. */
    private ClusterStore store() {
        ClusterStore real = cluster.store();
        return (ClusterStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ClusterStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("glimpse")) {
                        return glimpsed;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Reply ask() {
        NodeConfig config = new NodeConfig(SELF, ZooKeeperSettings.of("127.0.0.1:1", FakeMember.CLUSTER), ADDRESS,
                Optional.empty(), List.of(), false, MemberKind.CANDIDATE, Map.of(), Priority.DEFAULT, Optional.empty(),
                Optional.empty(), Optional.empty(), false, Failover.FAST, Duration.ofSeconds(1));
        NodeState state = new NodeState(SELF, MemberKind.CANDIDATE, Role.STANDBY, new Epoch(1), Incarnation.of(7, 0),
                ADDRESS, true, Optional.of(WatchStage.CLUSTER), OptionalInt.of(1), Optional.empty(),
                MasterRecord.VACANT, false);
        ClusterStore store = store();
        return new Sponsor(config, store, Dialler.forDiallingBack(), () -> state,
                new HistoryKeeper(SELF, store, Optional::empty, Runnable::run), Clock.systemUTC())
                .answer(new JoinRequest(FakeMember.CLUSTER, new Peer(applicant.id, applicant.address()),
                        Addressee.at(ADDRESS), applicant.incarnation, MemberKind.CANDIDATE, 1, "test", Map.of(),
                        Optional.empty(), ""));
    }

    private Optional<RefusalReason> refusal() {
        return ask().as(Refused.class).map(Refused::reason);
    }

    private Standing seen(NodeId id) {
        return cluster.store().standing(id);
    }

    @Test
    void whoeverWasEvictedAMomentAgoIsRefusedByTheWrite() {
        glimpsed = seen(applicant.id);
        cluster.store().put(RosterEntry.admitted(applicant.id, MemberKind.CANDIDATE, "m", "", WatchStage.NOON));
        cluster.evict("n1", "ann", "");

        assertThat(refusal()).contains(RefusalReason.EVICTED);
    }

    @Test
    void whoeverWasReadmittedAMomentAgoIsNotTurnedAway() {
        cluster.store().put(RosterEntry.admitted(applicant.id, MemberKind.CANDIDATE, "m", "", WatchStage.NOON));
        cluster.evict("n1", "ann", "");
        glimpsed = seen(applicant.id);
        cluster.readmit("n1", "ann");

        assertThat(ask().as(Joined.class)).isPresent();
    }

    @Test
    void aNamesakeThatHasLeftAMomentAgoIsNoObjection() {
        Member left = namesake.member();
        glimpsed = new Standing(Optional.empty(), Optional.of(left));

        assertThat(ask().as(Joined.class)).isPresent();
        assertThat(seen(applicant.id).entry()).isPresent();
    }

    @Test
    void whatStandsAgainstItStillIsToldOnce() {
        cluster.store().put(RosterEntry.admitted(applicant.id, MemberKind.CANDIDATE, "m", "", WatchStage.NOON));
        cluster.evict("n1", "ann", "");
        glimpsed = seen(applicant.id);

        assertThat(refusal()).contains(RefusalReason.EVICTED);
        assertThat(cluster.store().view().member(applicant.id)).isPresent();
    }
}
