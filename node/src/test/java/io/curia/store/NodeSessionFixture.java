package io.curia.store;

import static io.curia.store.TestRecords.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the contracts of a {@link NodeSession} ask of whoever keeps them, and the nodes that a test has opened. */
abstract class NodeSessionFixture {

    private final List<TestNode> nodes = new ArrayList<>();

    /** Returns a new session, not opened, with the cluster of this test. */
    protected abstract NodeSession newSession(String id);

    /** Returns the records of this test's cluster, through a session that is none of the nodes'. */
    protected abstract ClusterStore store();

    /** Ends what the service holds for this session, as if it had expired, behind its owner's back. */
    protected abstract void expire(NodeSession session);

    @AfterEach
    void closeSessions() {
        nodes.forEach(node -> node.session.close());
        for (TestNode node : nodes) {
            assertThat(node.observer.wasToldTwoThingsAtOnce()).as("calls to the observer overlap").isFalse();
            assertThat(node.observer.observedBeforeCluster()).as("observed before the cluster was told").isFalse();
        }
    }

    final TestNode open(String id) {
        TestNode node = new TestNode(node(id), newSession(id));
        nodes.add(node);
        return node;
    }

    /** Evicts this node, as decided on what is stored now. */
    final void evict(TestNode node) {
        store().evict(EvictionContract.evictionOf(store(), node));
    }
}
