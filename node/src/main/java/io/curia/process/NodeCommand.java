package io.curia.process;

import io.curia.cli.DurationConverter;
import io.curia.cli.ProgramVersion;
import io.curia.cli.ZooKeeperOptions;
import io.curia.model.Endpoint;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.runtime.Failover;
import io.curia.runtime.HostName;
import io.curia.runtime.JoinSecret;
import io.curia.runtime.NodeConfig;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code node}: runs one node until it is told to end, is refused, or is evicted. */
@Command(name = "node", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, sortOptions = false,
        usageHelpAutoWidth = true,
        description = {"Runs a cluster node: it joins, registers in ZooKeeper and stands for election.", ""},
        footer = {"",
            "Other commands (each with --help):",
            "  node run         runs a command on whichever node is master, and only there",
            "  node zookeeper   runs ZooKeeper servers on this host",
            "  node demo        shows three nodes on this host, and the death of their master",
            "",
            "Examples:",
            "  node --id n1 --port 8001 --zookeeper zk1:2181,zk2:2181,zk3:2181",
            "  node --id n2 --port 8002 --join 127.0.0.1:8001",
            "",
            "Every option has an environment variable (--session-timeout has",
            "CURIA_SESSION_TIMEOUT) and can stand in a file, named as @FILE. It says on",
            "stderr when it is ready and how its role changes; --log-level INFO says more.",
            "",
            "Exit codes:",
            "  0 left in order, 1 unexpected, 2 usage, 3 ZooKeeper unreachable,",
            "  4 not permitted, 12 join refused, 13 evicted, 14 no peer answered,",
            "  130 interrupted"})
class NodeCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--id", paramLabel = "ID", description = "This node's name (default: <hostname>-<port>).")
    private String id;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "Address to listen on; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = {"--port", "--myport"}, paramLabel = "PORT", defaultValue = "8001",
            description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--advertise", paramLabel = "HOST:PORT",
            description = "Address that members dial, if not the one listened on.")
    private String advertise;

    @Option(names = {"--join", "--clusterip"}, paramLabel = "HOST:PORT", split = ",",
            description = "Members to ask to be let in, with commas between them (default: found in ZooKeeper).")
    private List<String> join = List.of();

    @Option(names = {"--make-master-on-error", "--makeMasterOnError"},
            description = "Begin alone if none of them answers.")
    private boolean makeMasterOnError;

    @Option(names = "--observer", description = "Be a member that never becomes master.")
    private boolean observer;

    @Mixin
    private CandidacyOptions candidacy;

    @Mixin
    private HookOptions hookOptions;

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "A label that others see; may be repeated.")
    private Map<String, String> tags = Map.of();

    @Mixin
    private ZooKeeperOptions zooKeeper;

    @Option(names = "--session-timeout", paramLabel = "TIME", defaultValue = "10s",
            converter = DurationConverter.class,
            description = "ZooKeeper session timeout: how long failures that leave no evidence take "
                    + "(default: ${DEFAULT-VALUE}).")
    private Duration sessionTimeout;

    @Option(names = "--failover", paramLabel = "fast|session", defaultValue = "fast",
            converter = FailoverConverter.class,
            description = "fast: members watch each other and remove who was verified dead; session: wait until the "
                    + "session of the dead expires (default: ${DEFAULT-VALUE}).")
    private Failover failover;

    @Option(names = "--data-dir", paramLabel = "DIR",
            description = "Where the lock, the session ticket and the highest epoch are kept "
                    + "(default: one per cluster and id below the user's state directory).")
    private Path dataDirectory;

    @Option(names = "--join-secret-file", paramLabel = "FILE",
            description = "File holding a secret of at least 16 characters that joiners must know.")
    private Path joinSecretFile;

    @Option(names = "--guests", negatable = true, paramLabel = "BOOL",
            description = "Let in programs that speak only the tutorial's message "
                    + "(default: if there is no join secret).")
    private Boolean guests;

    @Option(names = "--yield-grace", paramLabel = "TIME", defaultValue = "10s", converter = DurationConverter.class,
            description = "How long duties may take to stop (default: ${DEFAULT-VALUE}).")
    private Duration yieldGrace;

    @Mixin
    private LogOptions log;

    @Mixin
    private HttpOptions http;

    @Mixin
    private ConfigQuestion question;

    NodeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (question.isAsked()) {
            return answer();
        }
        NodeConfig config = config();
        return service().serve(config, consoleOf(config), List.of(), node -> { });
    }

    final boolean isQuestion() {
        return question.isAsked();
    }

    final int answer() {
        return question.answer(spec.commandLine(), environment, this::config);
    }

    /** Returns another such command, under another environment. */
    NodeCommand twin(Map<String, String> variables) {
        return new NodeCommand(variables);
    }

    final ConsoleReport consoleOf(NodeConfig config) {
        return new ConsoleReport(config.id(), spec.commandLine().getErr());
    }

    final NodeService service() {
        return new NodeService(log, http, hookOptions, spec.commandLine());
    }

    /** Returns where it is to answer over HTTP, if it is; throws {@link ParameterException} for what is no address. */
    final Optional<Endpoint> httpBind() {
        return http.wanted() ? Optional.of(service().httpSettings().bind()) : Optional.empty();
    }

    /** Returns what the options say of the node, or throws {@link ParameterException} naming what is wrong. */
    NodeConfig config() {
        httpBind();
        NodeConfig config = readConfig();
        service().hooksOf(config);
        return config;
    }

    private NodeConfig readConfig() {
        try {
            ZooKeeperSettings settings = zooKeeper.settings(sessionTimeout);
            ZooKeeperConnection.requireUsableFiles(settings);
            NodeId name = NodeId.of(id == null ? defaultId() : id);
            Path data = dataDirectory != null ? dataDirectory
                    : UserDirectories.state(environment).resolve("nodes").resolve(settings.cluster())
                            .resolve(name.value());
            Optional<JoinSecret> secret = joinSecretFile == null
                    ? Optional.empty() : Optional.of(JoinSecret.read(joinSecretFile));
            return new NodeConfig(name, settings, Endpoint.of(host, port),
                    Optional.ofNullable(advertise).map(Endpoint::parse), join.stream().map(Endpoint::parse).toList(),
                    makeMasterOnError, observer ? MemberKind.OBSERVER : MemberKind.CANDIDATE, tags,
                    candidacy.priority(), candidacy.health(name, settings.cluster()),
                    Optional.of(data), secret, guests == null ? secret.isEmpty() : guests, failover, yieldGrace);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(),
                    "join secret: " + joinSecretFile + " cannot be read (" + e + ")", e);
        }
    }

    private String defaultId() {
        if (port == 0) {
            throw new IllegalArgumentException("--port 0 needs an --id, because the default id is made of the port");
        }
        return HostName.here() + "-" + port;
    }
}
