package io.curia.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.model.Grounds;
import io.curia.model.Happening;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore;
import io.curia.store.History;
import io.curia.store.HistoryContract;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import io.curia.store.TestNode;
import io.curia.store.TestRecords;
import java.util.EnumSet;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The contract of the history, kept by a real server; and what foolish hands may do to it. */
final class ZkHistoryIT extends HistoryContract {

    @AutoClose
    private static final TestServer SERVER = TestServer.start();

    private final ZooKeeperSettings settings = SERVER.newCluster();
    @AutoClose
    private final Opened opened = new Opened();
    private final ZooKeeperConnection tool = opened.add(ZooKeeperConnection.forTool(settings));
    private final ZooKeeperConnection node = opened.add(ZooKeeperConnection.forNode(settings));

    @Override
    protected ClusterStore store() {
        return tool.store();
    }

    @Override
    protected ClusterStore otherStore() {
        return node.store();
    }

    @Override
    protected NodeSession newSession(String id) {
        return opened.add(ZooKeeperConnection.forNode(settings)).session(NodeId.of(id));
    }

    /** Whoever removes the history, or locks it, must not have taken the cluster's ability to get a master with it. */
    @Test
    void historyThatWasRemovedKeepsNobodyFromClaiming() throws Exception {
        TestNode node = new TestNode(NodeId.of("n1"), newSession("n1")).queued(1);
        Observation leading = node.leads();
        bare(zk -> {
            ZKUtil.deleteRecursive(zk, ZnodePaths.of(settings).history());
            return 0;
        });
        Tenure tenure = TestRecords.tenure(node.member(), 1, node.place());

        Outcome outcome = TestNode.await(node.session.claim(
                new NodeSession.Claim(tenure, 0, leading.roster().orElseThrow().version(), Grounds.NONE),
                Happening.succession(leading.master(), tenure)));

        assertThat(outcome).isEqualTo(Outcome.done(1));
        assertThat(store().history().after(History.BEGINNING, EnumSet.allOf(EventType.class)).events()).isEmpty();
        assertThat(store().history().trim()).isZero();
        store().history().append(List.of(Happening.ofCluster(EventType.PAUSED, "ann", "")));
    }

    @Test
    void recordThatCannotBeReadHidesNoOther() throws Exception {
        store().init();
        store().history().append(List.of(Happening.ofCluster(EventType.PAUSED, "ann", "")));
        bare(zk -> zk.setData(ZnodePaths.of(settings).history() + "/m-0000000000", new byte[] {'x'}, -1));
        bare(zk -> zk.create(ZnodePaths.of(settings).history() + "/notes", new byte[0], Ids.OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT));
        store().history().append(List.of(Happening.ofCluster(EventType.RESUMED, "ann", "")));

        assertThat(store().history().after(History.BEGINNING, EnumSet.allOf(EventType.class)).events())
                .extracting(ClusterEvent::type).containsExactly(EventType.OTHER, EventType.RESUMED);
    }

    private interface Bare<T> {
        T with(ZooKeeper zk) throws Exception;
    }

    private static <T> T bare(Bare<T> use) throws Exception {
        ZooKeeper zk = SERVER.bareClient();
        try {
            return use.with(zk);
        } finally {
            zk.close();
        }
    }
}
