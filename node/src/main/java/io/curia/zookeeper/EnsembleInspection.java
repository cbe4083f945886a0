package io.curia.zookeeper;

import io.curia.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/** Looks at the ensemble itself: its servers, and what of its settings matters to a cluster. Changes nothing. */
public final class EnsembleInspection {

    /** Longer than any ensemble grants: what is granted instead is the longest. */
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** As short as a client can ask and still connect, for each server in the connect string. */
    private static final Duration SHORTEST_A_SERVER = Duration.ofMillis(500);
    private static final int CHANGING = ZooDefs.Perms.WRITE | ZooDefs.Perms.CREATE | ZooDefs.Perms.DELETE
            | ZooDefs.Perms.ADMIN;
    private static final String DEFAULT_PORT = ":2181";

    private EnsembleInspection() {
    }

    /** Returns the servers of the connect string, each as {@code host:port}. */
    public static List<String> servers(ZooKeeperSettings settings) {
        String connect = settings.connect();
        int chroot = connect.indexOf('/');
        return Arrays.stream((chroot < 0 ? connect : connect.substring(0, chroot)).split(","))
                .map(String::strip).filter(server -> !server.isEmpty())
                .map(server -> server.matches(".*:\\d{1,5}") ? server : server + DEFAULT_PORT).toList();
    }

    /**
     * Returns what the server at {@code address} says of itself, without a session; never fails. Blocks, at most for
     * a few times {@code patience}.
     */
    public static ServerSight server(String address, Duration patience) {
        return ServerQuestion.put(address, patience);
    }

    /** Returns what can be found out with a session of one's own; blocks, at most for some connect timeouts. */
    public static EnsembleSight look(ZooKeeperSettings settings) {
        Optional<Duration> shortest =
                granted(settings, SHORTEST_A_SERVER.multipliedBy(servers(settings).size()));
        if (shortest.isEmpty()) {
            return EnsembleSight.NOTHING;
        }
        try (ToolLink link = ToolLink.start(settings.withSessionTimeout(LONGEST))) {
            ZooKeeper zk = link.await(settings.connectTimeout());
            return new EnsembleSight(shortest, Optional.of(Duration.ofMillis(zk.getSessionTimeout())), voters(zk),
                    open(zk, settings));
        } catch (StoreException e) {
            return EnsembleSight.NOTHING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EnsembleSight.NOTHING;
        }
    }

    /**
     * Returns the znode that the chroot of the connect string is to stand in, if there is neither: a node makes the
     * chroot, and nothing above it. Empty also if that cannot be found out. Blocks, at most for a connect timeout.
     */
    public static Optional<String> missingAboveChroot(ZooKeeperSettings settings) {
        int begin = settings.connect().indexOf('/');
        int end = settings.connect().lastIndexOf('/');
        if (begin == end) {
            return Optional.empty();
        }
        String above = settings.connect().substring(begin, end);
        try (ToolLink link = ToolLink.start(
                settings.withConnect(settings.connect().substring(0, begin)))) {
            ZooKeeper zk = link.await(settings.connectTimeout());
            return zk.exists(above, false) == null ? Optional.of(above) : Optional.empty();
        } catch (StoreException | KeeperException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Duration> granted(ZooKeeperSettings settings, Duration asked) {
        try (ToolLink link = ToolLink.start(settings.withSessionTimeout(asked))) {
            return Optional.of(Duration.ofMillis(link.await(settings.connectTimeout()).getSessionTimeout()));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    /** How many lines {@code server.N=…:participant…} the ensemble's own configuration has; a lone server has none. */
    private static OptionalInt voters(ZooKeeper zk) throws InterruptedException {
        try {
            byte[] data = zk.getData(ZooDefs.CONFIG_NODE, false, null);
            String text = data == null ? "" : new String(data, StandardCharsets.UTF_8);
            return OptionalInt.of((int) Math.max(1, text.lines()
                    .filter(line -> line.startsWith("server.") && !line.contains(":observer")).count()));
        } catch (KeeperException e) {
            // Below a chroot it cannot be seen, and elsewhere it may be forbidden.
            return OptionalInt.empty();
        }
    }

    private static List<String> open(ZooKeeper zk, ZooKeeperSettings settings) throws InterruptedException {
        ZnodePaths paths = ZnodePaths.of(settings);
        List<String> open = new ArrayList<>();
        for (String path : List.of(paths.base(), paths.cluster(), paths.master(), paths.roster(), paths.live(),
                paths.latch())) {
            try {
                if (zk.getACL(path, null).stream().anyMatch(EnsembleInspection::isOpen)) {
                    open.add(path);
                }
            } catch (KeeperException e) {
                // Whose rules may not even be read is not open to us.
                continue;
            }
        }
        return open;
    }

    private static boolean isOpen(ACL rule) {
        return rule.getId().equals(ZooDefs.Ids.ANYONE_ID_UNSAFE) && (rule.getPerms() & CHANGING) != 0;
    }
}
