package io.curia.zookeeper;

import java.time.Duration;
import java.util.UUID;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.ZooKeeper;

/** One real server on a free port, whose data survives its restarts. */
public final class TestServer implements AutoCloseable {

    private static final int TICK_MILLIS = 500;
    private static final int NO_LIMIT = 0;

    private final TestingServer server;

    private TestServer(TestingServer server) {
        this.server = server;
    }

    public static TestServer start() {
        try {
            return new TestServer(new TestingServer(
                    new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, NO_LIMIT), true));
        } catch (Exception e) {
            // Declared by curator-test as just this.
            throw new AssertionError("the server did not start", e);
        }
    }

    /** Returns settings for a cluster that nobody else uses. */
    public ZooKeeperSettings newCluster() {
        return ZooKeeperSettings.of(server.getConnectString(), "t" + UUID.randomUUID())
                .withSessionTimeout(Duration.ofSeconds(8));
    }

    public String connectString() {
        return server.getConnectString();
    }

    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("the server did not stop", e);
        }
    }

    public void restart() {
        try {
            server.restart();
        } catch (Exception e) {
            throw new AssertionError("the server did not restart", e);
        }
    }

    /** Returns a bare client, for what nobody of ours does. */
    public ZooKeeper bareClient() {
        return bareClient(connectString());
    }

    /** Returns a bare client of whatever listens there. */
    static ZooKeeper bareClient(String connectString) {
        try {
            return new ZooKeeper(connectString, 8000, event -> { });
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (java.io.IOException e) {
            throw new AssertionError("the server did not close", e);
        }
    }
}
