package io.curia.process;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.cli.ProgramVersion;
import io.curia.model.MemberKind;
import io.curia.runtime.NodeConfig;
import io.curia.singleton.Grace;
import io.curia.singleton.InputStyle;
import io.curia.singleton.OnExit;
import io.curia.singleton.OutputStyle;
import io.curia.singleton.ProgramFile;
import io.curia.singleton.Singleton;
import io.curia.singleton.SingletonPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code node run}: a node, and a command that runs while that node is master. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = "node run --while-master [OPTIONS] -- COMMAND [ARG...]",
        description = {"Runs COMMAND while this node is master, and on no two nodes at the same time.", "",
            "Start it on several machines: the command runs on one of them. When that one",
            "dies, is cut off, is frozen or hands over, the command ends there, with all",
            "that it has started, before it begins on the next.", ""},
        footer = {"",
            "The command finds in its environment CURIA_EPOCH, which grows with every change of",
            "master (pass it to whatever can refuse a lower one), CURIA_ID, CURIA_CLUSTER,",
            "CURIA_CLUSTER_UUID, CURIA_INCARNATION, CURIA_ADDRESS, CURIA_GUARD_MS and",
            "CURIA_ZOOKEEPER. It reads nothing, unless --stdin says so. When it has to end it",
            "gets SIGTERM, and SIGKILL after --grace. It is run by no shell; for one, say so:",
            "-- sh -c '...'.",
            "",
            "Examples:",
            "  node run --while-master --zookeeper zk1:2181 -- /usr/bin/importer --all",
            "  node run --while-master --on-exit exit --grace 2s -- sh -c './nightly.sh >>log'",
            "",
            "Exit codes: those of node; with --on-exit exit that of the command, which is",
            "128 + N if signal N killed it; 2 also if the command cannot be run."})
final class RunCommand extends NodeCommand {

    private final Map<String, String> variables;
    private final List<String> command;

    @Spec
    private CommandSpec runSpec;

    @Option(order = -10, names = "--while-master", description = "When to run it; as yet there is no other choice.")
    private boolean whileMaster;

    @Option(order = -9, names = "--grace", paramLabel = "TIME", converter = DurationConverter.class,
            description = "How long it may take to end after SIGTERM (default: 3/10 of --session-timeout).")
    private Duration grace;

    @Option(order = -8, names = "--on-exit", paramLabel = "restart|release|exit", defaultValue = "restart",
            converter = OnExitConverter.class,
            description = "If it ends by itself: restart: start it again here, after 0.5 s at first, then 1, 2, … up "
                    + "to 30 s, anew once it has run for 30 s; release: let another node be master; exit: leave, and "
                    + "exit with its code (default: ${DEFAULT-VALUE}).")
    private OnExit onExit;

    @Option(order = -7, names = "--command-output", paramLabel = "inherit|prefix", defaultValue = "inherit",
            converter = OutputConverter.class,
            description = "inherit: it writes where the node does; prefix: the same, with ID/EPOCH before each line "
                    + "(default: ${DEFAULT-VALUE}).")
    private OutputStyle output;

    @Option(order = -6, names = "--keeper-port", paramLabel = "PORT", defaultValue = "0",
            description = "Port of the process that ends the command whatever becomes of the node; members dial it "
                    + "to learn that it has. 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int keeperPort;

    @Option(order = -5, names = "--stdin", description = "It reads the standard input of this node, and goes on where "
            + "its last run stopped; while it does not run here nobody reads (default: it reads nothing).")
    private boolean stdin;

    @Option(order = -4, names = "--forward", paramLabel = "SIGNAL,…|none",
            converter = SignalForwarding.ChoiceConverter.class,
            description = "Signals to this node that the command's first process gets instead: HUP, USR1, USR2, WINCH, "
                    + "TTIN, TTOU (default: USR1,USR2; without a terminal HUP,USR1,USR2,WINCH).")
    private SignalForwarding.Choice forward;

    RunCommand(Map<String, String> environment, List<String> command) {
        super(environment);
        this.variables = environment;
        this.command = List.copyOf(command);
    }

    /** By name, in lower case. */
    static final class OnExitConverter implements ITypeConverter<OnExit> {
        @Override
        public OnExit convert(String value) {
            return OnExit.valueOf(value.toUpperCase(Locale.ROOT));
        }
    }

    /** By name, in lower case. */
    static final class OutputConverter implements ITypeConverter<OutputStyle> {
        @Override
        public OutputStyle convert(String value) {
            return OutputStyle.valueOf(value.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    NodeCommand twin(Map<String, String> environment) {
        return new RunCommand(environment, command);
    }

    @Override
    NodeConfig config() {
        NodeConfig config = super.config();
        requireCommand();
        if (config.kind() == MemberKind.OBSERVER) {
            throw wrong("--observer: an observer never becomes master, so it never runs anything");
        }
        Grace.objection(graceIn(config), config.zooKeeper().sessionTimeout()).ifPresent(objection -> {
            throw wrong(objection);
        });
        return config;
    }

    private Duration graceIn(NodeConfig config) {
        return grace == null ? Grace.defaultFor(config.zooKeeper().sessionTimeout()) : grace;
    }

    @Override
    public Integer call() {
        if (isQuestion()) {
            return answer();
        }
        NodeConfig config = config();
        Duration wanted = graceIn(config);
        ConsoleReport console = consoleOf(config);
        try {
            Singleton singleton = Singleton.prepare(plan(config, wanted), console::say);
            SignalForwarding.begin(Optional.ofNullable(forward), singleton::pass, console::say);
            try {
                int code = service().serve(config.keptBy(singleton.keeperPort(), Grace.patience(wanted)), console,
                        List.of(singleton), singleton::of);
                return singleton.exitCode().orElse(code);
            } finally {
                singleton.close();
            }
        } catch (IOException e) {
            console.say("node run: " + e.getMessage());
            return ExitCode.UNEXPECTED.code();
        }
    }

    private void requireCommand() {
        if (command.isEmpty()) {
            throw wrong("nothing to run: name the command after two hyphens, as in: node run --while-master -- date");
        }
        ProgramFile.objection(command.get(0), variables.getOrDefault("PATH", "/usr/bin:/bin"))
                .ifPresent(objection -> {
                    throw wrong(objection);
                });
    }

    private ParameterException wrong(String what) {
        return new ParameterException(runSpec.commandLine(), what);
    }

    private SingletonPlan plan(NodeConfig config, Duration wanted) {
        Path directory = config.dataDirectory().orElseThrow().resolve("run");
        return new SingletonPlan(config.id(), command, keeperWords(), directory, config.bind().host(), keeperPort,
                wanted, onExit,
                stdin ? InputStyle.PASS : InputStyle.NONE, output, environmentOf(config));
    }

    private static List<String> keeperWords() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JavaOptions.inherited("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), KeeperMain.class.getName()));
        return words;
    }

    /** What the node is told by its environment may be secret, and is none of the command's business. */
    private Map<String, String> environmentOf(NodeConfig config) {
        Map<String, String> its = new TreeMap<>(variables);
        its.keySet().removeIf(name -> name.startsWith("CURIA_"));
        its.put("CURIA_ID", config.id().value());
        its.put("CURIA_CLUSTER", config.zooKeeper().cluster());
        its.put("CURIA_ZOOKEEPER", config.zooKeeper().connect());
        return its;
    }
}
