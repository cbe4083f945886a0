package io.curia.process;

import io.curia.cli.ExitCode;
import io.curia.cli.ProgramVersion;
import io.curia.cli.Terminals;
import io.curia.model.NodeId;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code node demo}: a cluster of real processes on this host, and the death of its master. */
@Command(name = "demo", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
        description = "Starts three ZooKeeper servers and three nodes on this host, kills the master and shows who "
                + "follows it and how soon. Ends by itself and leaves nothing behind.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration SERVERS_TIMEOUT = Duration.ofSeconds(60);
    private static final long SIGNAL_MILLIS = 500;
    private static final List<NodeId> NODES = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));

    private final Map<String, String> environment;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final PrintStream out = System.out;

    @Option(names = "--keep", description = "Leave the cluster running at the end, and print commands to try on it.")
    private boolean keep;

    @Option(names = "--stop", description = "End the cluster that --keep has left running, and remove what it kept.")
    private boolean stop;

    DemoCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        KeptDemo kept = KeptDemo.of(environment);
        if (stop) {
            int processes = kept.stop();
            out.println(processes == 0 ? "No demo cluster was running." : "Ended " + processes + " processes.");
            return ExitCode.OK.code();
        }
        if (keep && kept.runs()) {
            throw new IOException("a cluster kept by an earlier demo is running; end it with " + Hints.node()
                    + " demo --stop");
        }
        DemoCluster cluster = DemoCluster.start(directory(kept), keep);
        Termination.Registration onSignal = Termination.onSignal(() -> abort(cluster));
        try {
            play(cluster);
        } catch (IOException | RuntimeException e) {
            // Ctrl-C ends our children too, and we may see that before we hear of it ourselves.
            if (e instanceof CancellationException || stopping.await(SIGNAL_MILLIS, TimeUnit.MILLISECONDS)) {
                return ExitCode.INTERRUPTED.code();
            }
            cluster.abort();
            throw e;
        }
        if (keep && onSignal.cancel()) {
            Hints.forKept(cluster).forEach(out::println);
        } else {
            cluster.stop();
            out.println("Everything is stopped and removed. (--keep leaves it running, to try commands on it.)");
        }
        return ExitCode.OK.code();
    }

    private Path directory(KeptDemo kept) throws IOException {
        if (!keep) {
            return Files.createTempDirectory("curia-demo");
        }
        DemoCluster.remove(kept.directory()); // What a demo kept that has ended without --stop, by a reboot say.
        return Files.createDirectories(kept.directory());
    }

    private void play(DemoCluster cluster) throws IOException, InterruptedException {
        StatusBoard board = new StatusBoard(out, Terminals.ofThisProcess().out());
        board.say("Three ZooKeeper servers, each a process of its own:");
        cluster.ensemble().awaitServing(SERVERS_TIMEOUT);
        board.say("  " + cluster.ensemble().connectString());
        board.say("");
        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(cluster.settings())) {
            new DemoShow(cluster, connection.store(), board, stopping).play(NODES);
        }
        board.say("");
    }

    /** Ctrl-C reaches the nodes and the servers as well; whoever is still there when we get to it is ended. */
    private int abort(DemoCluster cluster) {
        stopping.countDown();
        try {
            cluster.abort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.INTERRUPTED.code();
    }
}
