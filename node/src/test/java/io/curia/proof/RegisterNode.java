package io.curia.proof;

import io.curia.runtime.ClusterNode;
import io.curia.runtime.ClusterNodeBuilder;
import io.curia.runtime.Mastership;
import io.curia.runtime.NodeListener;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.ZooKeeper;

/** A program as a user would write it, in a process of its own: a node that writes a register while it is master. */
final class RegisterNode {

    static final String READY = "ready";
    static final String ENDED = "ended";
    /** Longer than any freeze: what a program that does not fence writes with must not save it. */
    private static final int HEEDLESS_SESSION_MILLIS = 60_000;
    /** A node that is started while no server serves is to wait for them. */
    private static final Duration CONNECT = Duration.ofSeconds(60);

    private RegisterNode() {
    }

    /**
     * What such a process is told.
     *
     * @param node the node's id
     * @param run which process of that node
     * @param connect where this process reaches ZooKeeper
     * @param cluster the cluster's name
     * @param bind where to listen
     * @param advertise the address to tell others
     * @param directory where the node keeps what it keeps, and this program its logs
     * @param session the session timeout
     * @param heedless whether to ignore both the fence and the clock, as a program must not
     */
    record Arguments(String node, int run, String connect, String cluster, String bind, String advertise,
            Path directory, Duration session, boolean heedless) {

        String[] asWords() {
            return new String[] {node, Integer.toString(run), connect, cluster, bind, advertise,
                    directory.toString(), Long.toString(session.toMillis()), Boolean.toString(heedless)};
        }

        static Arguments of(String... words) {
            return new Arguments(words[0], Integer.parseInt(words[1]), words[2], words[3], words[4], words[5],
                    Path.of(words[6]), Duration.ofMillis(Long.parseLong(words[7])),
                    Boolean.parseBoolean(words[8]));
        }

        Path writes() {
            return directory.resolve("writes-" + run);
        }

        Path stretches() {
            return directory.resolve("stretches-" + run);
        }
    }

    /** Runs the node until it ends or the process is told to. */
    public static void main(String... words) throws IOException {
        Arguments arguments = Arguments.of(words);
        daemon(RegisterNode::endWithDriver, "driver-watch");
        WriteLog log = WriteLog.create(arguments.writes());
        Hammer hammer = new Hammer(arguments.node(), arguments.run(), log, target(arguments));
        ClusterNodeBuilder builder = ClusterNode.builder(arguments.node())
                .zooKeeper(ZooKeeperSettings.of(arguments.connect(), arguments.cluster())
                        .withSessionTimeout(arguments.session()).withConnectTimeout(CONNECT))
                .bind(arguments.bind()).advertise(arguments.advertise())
                .dataDirectory(arguments.directory().resolve("data"));
        ClusterNode node = builder.listener(new NodeListener() {
            @Override
            public void onMaster(Mastership mastership) {
                hammer.begin(mastership);
            }
        }).build();
        daemon(new Validity(node::mastership, arguments.heedless(), StretchLog.map(arguments.stretches()), log),
                "validity");
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "leave"));
        node.start().thenAccept(state -> System.out.println(READY + " " + System.nanoTime()));
        System.out.println(ENDED + " " + node.ended().join());
        // ZooKeeper's client of a heedless program would keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The standard input ends when the driver does, however that ends: nobody is left behind. */
    private static void endWithDriver() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static Hammer.Target target(Arguments arguments) throws IOException {
        RegisterPaths paths = new RegisterPaths(arguments.cluster());
        if (!arguments.heedless()) {
            return Hammer.fenced(paths);
        }
        ZooKeeper client = new ZooKeeper(arguments.connect(), HEEDLESS_SESSION_MILLIS, event -> { });
        return (mastership, mark) -> CompletableFuture.completedFuture(null)
                .thenAccept(now -> Keeper.writeUnfenced(client, paths, mark));
    }
}
