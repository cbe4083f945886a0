package io.curia.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.TestRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;

/** What one view of the cluster shows when the cluster changes while it is read. */
final class ViewReadIT {

    /** Its entry without its registration would be that of a node that vanished. */
    @Test
    void registrationBetweenTheReadsIsNeverShownByHalf() throws Exception {
        try (TestServer server = TestServer.start();
                ZooKeeperConnection writer = ZooKeeperConnection.forTool(server.newCluster())) {
            ZooKeeper reader = server.bareClient();
            ClusterIdentity cluster = writer.store().init().cluster();
            Member guest = TestRecords.guest("g1", 1, "n1");
            writer.store().put(RosterEntry.admitted(guest.id(), MemberKind.GUEST, "n1", "", TestRecords.NOON));
            AtomicBoolean registered = new AtomicBoolean();

            // The cluster's identity is made out when the lists have been read and what they list has not.
            ClusterView view = new ViewRead(reader, new ZnodePaths("/curia/" + cluster.name()), found -> {
                if (registered.compareAndSet(false, true)) {
                    writer.store().registerGuest(guest, writer.store().roster(guest.id()).orElseThrow()
                            .registered(guest));
                }
                return cluster;
            }, true).take().get(20, TimeUnit.SECONDS);

            reader.close();
            assertThat(view.member(guest.id()).map(MemberView::status)).contains(MemberStatus.LIVE);
        }
    }

    /** More than are read one by one; what is not there is told apart from what could not be read. */
    @Test
    void manyAreReadTogetherEachWithWhatStandsThereOrThatNothingDoes() throws Exception {
        try (TestServer server = TestServer.start();
                ZooKeeperConnection writer = ZooKeeperConnection.forTool(server.newCluster())) {
            ZooKeeper reader = server.bareClient();
            ClusterIdentity cluster = writer.store().init().cluster();
            ZnodePaths paths = new ZnodePaths("/curia/" + cluster.name());
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                NodeId id = NodeId.of("n" + i);
                wanted.add(paths.roster(id));
                if (i != 70) {
                    writer.store().put(RosterEntry.admitted(id, MemberKind.OBSERVER, "n1", "", TestRecords.NOON));
                }
            }

            List<Reads.Found> found = BulkRead.of(reader, wanted).get(20, TimeUnit.SECONDS);

            reader.close();
            assertThat(found).extracting(Reads.Found::path).isEqualTo(wanted);
            assertThat(found).filteredOn(one -> !one.isThere()).extracting(Reads.Found::path, Reads.Found::code)
                    .containsExactly(tuple(wanted.get(70), KeeperException.Code.NONODE));
            assertThat(found.get(119).stat().getVersion()).isZero();
            assertThat(writer.store().view().members()).hasSize(119);
        }
    }

    /** The client hangs up on an answer of more than a MiB; the members are shown all the same. */
    @Test
    void membersThatDoNotFitOneAnswerAreReadOneByOne() throws Exception {
        try (TestServer server = TestServer.start();
                ZooKeeperConnection writer = ZooKeeperConnection.forTool(server.newCluster())) {
            writer.store().init();
            for (int i = 0; i < 40; i++) {
                writer.store().put(RosterEntry.admitted(NodeId.of("n" + i), MemberKind.OBSERVER, "n1",
                        "x".repeat(40_000), TestRecords.NOON));
            }

            assertThat(writer.store().view().members()).hasSize(40);
        }
    }
}
