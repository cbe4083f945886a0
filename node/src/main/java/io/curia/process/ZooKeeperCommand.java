package io.curia.process;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.cli.ProgramVersion;
import io.curia.cli.Terminals;
import io.curia.zookeeper.server.EnsembleException;
import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import io.curia.zookeeper.server.ServerStatus;
import io.curia.zookeeper.server.ServerStatus.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code node zookeeper}: durable ZooKeeper servers on this host, for as long as the command runs. */
@Command(name = "zookeeper", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
        description = "Runs ZooKeeper servers on this host, each in a process of its own, until it is told to end. "
                + "What they hold survives. Prints where clients connect once they serve; "
                + "a server that dies is started again.")
final class ZooKeeperCommand implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration RESTART_DELAY = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 500;

    private final Map<String, String> environment;
    private final CountDownLatch stopping = new CountDownLatch(1);

    @Spec
    private CommandSpec spec;

    @Option(names = "--servers", paramLabel = "1|3",
            description = "How many servers; 3 survive the loss of one (default: as many as the data has, else 1).")
    private Integer servers;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Directory for all they keep (default: zookeeper below the user's state directory).")
    private Path data;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT", defaultValue = "2181",
            description = "Port of the first server, the others take the next ones; 0 for any free ports "
                    + "(default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--min-session-timeout", paramLabel = "TIME", defaultValue = "4s",
            converter = DurationConverter.class,
            description = "The shortest session timeout granted to a client (default: ${DEFAULT-VALUE}).")
    private Duration minSessionTimeout;

    ZooKeeperCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StatusBoard board = new StatusBoard(System.err, Terminals.ofThisProcess().err());
        LocalEnsemble ensemble = LocalEnsemble.start(settings());
        Termination.onSignal(() -> stop(ensemble));
        try {
            board.show(describe(ensemble.status()));
            ensemble.awaitServing(START_TIMEOUT);
            board.show(describe(ensemble.status()));
            System.out.println(ensemble.connectString());
            System.out.flush();
            supervise(ensemble, board);
        } catch (EnsembleException e) {
            // Ctrl-C ends our children too, and we may see that before we hear of it ourselves.
            if (!stopping.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                ensemble.stop();
                throw e;
            }
        }
        return ExitCode.OK.code();
    }

    private EnsembleSettings settings() throws IOException {
        Path directory = data == null ? UserDirectories.state(environment).resolve("zookeeper") : data;
        int count = servers == null ? LocalEnsemble.sizeOf(directory).orElse(1) : servers;
        try {
            return EnsembleSettings.of(directory, count).onPort(port).withMinSessionTimeout(minSessionTimeout)
                    .withJavaOptions(JavaOptions.inherited("-Xmx128m"));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int stop(LocalEnsemble ensemble) {
        stopping.countDown();
        ensemble.stop();
        return ExitCode.OK.code();
    }

    /** Keeps the board true and the servers running until the process is told to end. */
    private void supervise(LocalEnsemble ensemble, StatusBoard board) throws IOException, InterruptedException {
        while (!stopping.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            List<ServerStatus> status = ensemble.status();
            board.show(describe(status));
            List<ServerStatus> down = status.stream().filter(server -> server.mode() == Mode.DOWN).toList();
            if (!down.isEmpty() && !stopping.await(RESTART_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
                for (ServerStatus server : down) {
                    ensemble.restart(server.id());
                }
            }
        }
    }

    private static List<String> describe(List<ServerStatus> status) {
        return status.stream()
                .map(server -> "server %d  %s  pid %-7d %s".formatted(server.id(), server.address(), server.pid(),
                        server.mode().name().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
