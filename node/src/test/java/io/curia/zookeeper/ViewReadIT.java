package io.curia.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.RosterEntry;
import io.curia.store.TestRecords;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
            }).take().get(20, TimeUnit.SECONDS);

            reader.close();
            assertThat(view.member(guest.id()).map(MemberView::status)).contains(MemberStatus.LIVE);
        }
    }
}
