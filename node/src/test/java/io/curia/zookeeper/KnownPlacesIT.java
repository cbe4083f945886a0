package io.curia.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.store.RecordingObserver;
import io.curia.zookeeper.Reads.Found;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KnownPlacesIT {

    private static final String QUEUE = "/queue";

    @AutoClose
    private static final TestServer SERVER = TestServer.start();

    @AutoClose
    private final Opened opened = new Opened();
    private final ZooKeeper zk = opened.add(SERVER.bareClient());
    private final KnownPlaces places = new KnownPlaces();

    private String queued(String id) throws Exception {
        if (zk.exists(QUEUE, false) == null) {
            zk.create(QUEUE, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
        return zk.create(QUEUE + "/latch-", id.getBytes(), Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL);
    }

    private List<Found> read() {
        return Reads.children(zk, QUEUE).thenCompose(queue -> places.read(zk, queue))
                .orTimeout(RecordingObserver.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void whatIsKnownIsNotReadAgainAndWhatIsNewIs() throws Exception {
        String first = queued("n1");
        Found before = read().stream().filter(found -> found.path().equals(first)).findFirst().orElseThrow();
        String second = queued("n2");

        List<Found> now = read();

        assertThat(now).anySatisfy(found -> assertThat(found).isSameAs(before));
        assertThat(now).anySatisfy(found -> {
            assertThat(found.path()).isEqualTo(second);
            assertThat(found.data()).asString().isEqualTo("n2");
            assertThat(found.stat().getEphemeralOwner()).isEqualTo(zk.getSessionId());
        });
    }

    @Test
    void whatIsListedNoMoreIsForgotten() throws Exception {
        String gone = queued("n3");
        read();
        zk.delete(gone, -1);

        assertThat(read()).extracting(Found::path).doesNotContain(gone);
    }
}
