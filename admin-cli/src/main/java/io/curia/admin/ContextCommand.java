package io.curia.admin;

import io.curia.admin.context.Context;
import io.curia.admin.context.Contexts;
import io.curia.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code context}: names for clusters, so that nobody types connect strings at night. */
@Command(name = "context", synopsisSubcommandLabel = "(add | use | list | show | remove)", description = {
    "Keep names for clusters and how to reach them, and say which one is meant when none is named.",
    "Kept in $XDG_CONFIG_HOME/curia/contexts.properties (~/.config/…), readable by you alone. Credentials are never "
        + "kept, only the path of the file that holds them."},
        commandListHeading = "%nWhat to do:%n",
        footer = {"", "Examples:",
            "  admin-cli context add prod --zookeeper zk1:2181,zk2:2181 --cluster orders",
            "  admin-cli context use prod",
            "  admin-cli members                     of prod from now on",
            "  admin-cli members --context test      of another, this once",
            "  admin-cli context list", "",
            "What is said closest counts: an option, --context, a variable such as",
            "CURIA_CLUSTER, CURIA_CONTEXT, the context in use, the default."})
final class ContextCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    ContextCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        throw new ParameterException(command.commandLine(), "say what to do: add, use, list, show or remove");
    }

    @Command(name = "add",
            description = "Keep a context, instead of one of the same name. The first is in use at once.",
            footer = {"", "Examples:",
                "  admin-cli context add prod --zookeeper zk1:2181,zk2:2181 --auth-file /etc/curia/prod.auth",
                "  admin-cli context add edge --via edge1:8001,edge2:8001 --cluster edge"})
    int add(@Parameters(paramLabel = "NAME", description = "What to call it.") String name, @Mixin Details details) {
        Context context = new Context(checked(name), details.says());
        if (context.says().isEmpty()) {
            throw new ParameterException(command.subcommands().get("add"),
                    "a context must say something: at least --zookeeper, --via or --cluster");
        }
        Contexts contexts = contexts();
        Contexts more = contexts.with(context);
        store(contexts.all().isEmpty() ? more.using(name) : more);
        say("context " + name + " was kept" + (contexts.all().isEmpty() ? " and is in use" : ""));
        return ExitCode.OK.code();
    }

    @Command(name = "use", description = "Mean this context when none is named.",
            footer = {"", "Examples:", "  admin-cli context use prod"})
    int use(@Parameters(paramLabel = "NAME", description = "Which.") String name) {
        existing(name);
        store(contexts().using(name));
        say("context " + name + " is in use");
        return ExitCode.OK.code();
    }

    @Command(name = "list", description = "List the contexts; the one in use is marked.",
            footer = {"", "Examples:", "  admin-cli context list", "  admin-cli context list -o name"})
    int list(@Mixin OutputOptions output) {
        output.print(new ContextReport(contexts(), contexts().all().values()), surroundings.terminal());
        return ExitCode.OK.code();
    }

    @Command(name = "show", description = "Show one context; the one in use unless another is named.",
            footer = {"", "Examples:", "  admin-cli context show", "  admin-cli context show prod -o json"})
    int show(@Parameters(paramLabel = "NAME", arity = "0..1", description = "Which.") String name,
            @Mixin OutputOptions output) {
        String wanted = name != null ? name : contexts().current().orElseThrow(() -> new CommandFailure(
                ExitCode.NOT_FOUND, "no context is in use; choose one with 'admin-cli context use NAME'"));
        output.print(new ContextReport(contexts(), List.of(existing(wanted))), surroundings.terminal());
        return ExitCode.OK.code();
    }

    @Command(name = "remove", description = "Forget a context. The cluster is not touched.",
            footer = {"", "Examples:", "  admin-cli context remove prod"})
    int remove(@Parameters(paramLabel = "NAME", description = "Which.") String name) {
        existing(name);
        store(contexts().without(name));
        say("context " + name + " was forgotten");
        return ExitCode.OK.code();
    }

    private Context existing(String name) {
        return contexts().get(name).orElseThrow(() -> new CommandFailure(ExitCode.NOT_FOUND,
                "no such context: '" + name + "'; 'admin-cli context list' shows those there are"));
    }

    private String checked(String name) {
        try {
            return new Context(name, Map.of()).name();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.subcommands().get("add"), e.getMessage(), e);
        }
    }

    private Path file() {
        return Contexts.file(surroundings.environment());
    }

    private Contexts contexts() {
        try {
            return Contexts.read(file());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private void store(Contexts contexts) {
        try {
            contexts.write(file());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNEXPECTED, file() + " cannot be written (" + e + ")", e);
        }
    }

    private void say(String words) {
        surroundings.terminal().err().println(words);
    }

    /** What a context may say. No defaults here: what is not said is not kept. */
    static final class Details {

        @Option(names = {"-z", "--zookeeper"}, paramLabel = "HOST:PORT,…", description = "ZooKeeper servers.")
        private String zooKeeper;
        @Option(names = {"-c", "--cluster"}, paramLabel = "NAME", description = "Name of the cluster.")
        private String cluster;
        @Option(names = "--root", paramLabel = "PATH", description = "Znode below which clusters live.")
        private String root;
        @Option(names = "--auth-file", paramLabel = "FILE",
                description = "File holding user:password; its path is kept, not what it holds.")
        private Path authFile;
        @Option(names = "--zookeeper-config", paramLabel = "FILE", description = "ZooKeeper client properties.")
        private Path clientConfig;
        @Option(names = "--via", paramLabel = "HOST:PORT,…", description = "Nodes that answer instead of ZooKeeper.")
        private String via;

        Map<Context.Key, String> says() {
            EnumMap<Context.Key, String> says = new EnumMap<>(Context.Key.class);
            put(says, Context.Key.ZOOKEEPER, zooKeeper);
            put(says, Context.Key.CLUSTER, cluster);
            put(says, Context.Key.ROOT, root);
            put(says, Context.Key.AUTH_FILE, authFile == null ? null : authFile.toAbsolutePath().toString());
            put(says, Context.Key.ZOOKEEPER_CONFIG, clientConfig == null ? null
                    : clientConfig.toAbsolutePath().toString());
            put(says, Context.Key.VIA, via);
            return says;
        }

        private static void put(Map<Context.Key, String> says, Context.Key key, String value) {
            if (value != null && !value.isBlank()) {
                says.put(key, value.strip());
            }
        }
    }
}
