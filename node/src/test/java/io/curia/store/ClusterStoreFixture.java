package io.curia.store;

import static io.curia.store.TestRecords.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** What the contracts of the cluster's records ask of whoever keeps them, and the nodes that a test has opened. */
abstract class ClusterStoreFixture {

    private final List<TestNode> nodes = new ArrayList<>();

    /** Returns the records of this test's cluster through a session of their own, always the same. */
    protected abstract ClusterStore store();

    /** Returns the records of this test's cluster through another session, always the same. */
    protected abstract ClusterStore otherStore();

    /** Returns a new session, not opened, with the cluster of this test. */
    protected abstract NodeSession newSession(String id);

    @AfterEach
    void closeSessions() {
        nodes.forEach(node -> node.session.close());
    }

    final TestNode open(String id) {
        TestNode node = new TestNode(node(id), newSession(id));
        nodes.add(node);
        return node;
    }

    static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, failure -> {
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            assertThat(failure.getMessage()).isNotBlank();
        });
    }
}
