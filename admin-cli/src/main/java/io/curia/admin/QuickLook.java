package io.curia.admin;

import io.curia.admin.context.Contexts;
import io.curia.cli.ExitCode;
import io.curia.model.Endpoint;
import io.curia.store.StoreException;
import io.curia.zookeeper.ZooKeeperSettings;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The two questions that scripts and health checks put again and again, {@code master --via} and {@code members --via},
 * answered without reading any command's annotations, which is most of what such a run would take.
 *
 * <p>Only what is spelled in the plainest way is answered here, and answered exactly as the commands would; for
 * everything else nothing is done, and the commands are run.
 */
final class QuickLook {

    /** As {@code --connect-timeout} has it by default. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String CLUSTER = "CURIA_CLUSTER";
    /** Variables that mean nothing to these questions; any other may, and is left to the commands. */
    private static final Set<String> NO_MATTER = Set.of(CLUSTER, "CURIA_ZOOKEEPER", "CURIA_NO_BUILD",
            "CURIA_JAVA_OPTS", "CURIA_CLASS_ARCHIVE", "CURIA_LOG_LEVEL", "CURIA_ROOT", "CURIA_AUTH_FILE",
            "CURIA_LOG_FORMAT", "CURIA_LOG_LEVELS_FILE");

    private final Surroundings surroundings;
    private final boolean master;
    private final List<Endpoint> nodes;
    private final OutputFormat format;

    private QuickLook(Surroundings surroundings, boolean master, List<Endpoint> nodes, OutputFormat format) {
        this.surroundings = surroundings;
        this.master = master;
        this.nodes = nodes;
        this.format = format;
    }

    /** Returns the exit code of what was answered; empty if {@code arguments} ask for anything that is not plain. */
    static OptionalInt run(Surroundings surroundings, String... arguments) {
        Map<String, String> environment = surroundings.environment();
        boolean plain = environment.keySet().stream()
                .noneMatch(name -> name.startsWith("CURIA_") && !NO_MATTER.contains(name));
        if (!plain || arguments.length < 2 || Files.exists(Contexts.file(environment))) {
            return OptionalInt.empty();
        }
        Optional<QuickLook> question = of(surroundings, arguments);
        return question.isEmpty() ? OptionalInt.empty() : OptionalInt.of(question.get().answer());
    }

    private static Optional<QuickLook> of(Surroundings surroundings, String... arguments) {
        boolean master = arguments[0].equals("master");
        if (!master && !arguments[0].equals("members")) {
            return Optional.empty();
        }
        String via = null;
        String format = "table";
        List<String> words = words(arguments);
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            if (words.get(i).equals("--via") && via == null) {
                via = value;
            } else if (Set.of("-o", "--output").contains(words.get(i))) {
                format = value;
            } else {
                return Optional.empty();
            }
        }
        try {
            return via == null ? Optional.empty() : Optional.of(new QuickLook(surroundings, master,
                    Arrays.stream(via.split(",")).map(String::strip).map(Endpoint::parse).toList(),
                    OutputFormat.valueOf(format.toUpperCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            // The command finds the same mistake, and says where its help is.
            return Optional.empty();
        }
    }

    /** Options and their values one after another, however they were joined. */
    private static List<String> words(String... arguments) {
        List<String> words = new ArrayList<>();
        for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            if (equals > 0) {
                words.add(argument.substring(0, equals));
            }
            words.add(argument.substring(equals + 1));
        }
        return words;
    }

    private int answer() {
        Terminal terminal = surroundings.terminal();
        try {
            format.print(report(), terminal);
            return ExitCode.OK.code();
        } catch (CommandFailure e) {
            terminal.err().println(Complaints.line(e.getMessage()));
            return e.exitCode().code();
        } catch (StoreException e) {
            CommandFailure failure = ViaOptions.explain(e);
            terminal.err().println(Complaints.line(failure.getMessage()));
            return failure.exitCode().code();
        }
    }

    private Report report() {
        Optional<String> cluster = Optional.ofNullable(surroundings.environment().get(CLUSTER))
                .filter(name -> !name.isEmpty() && !name.equals(ZooKeeperSettings.DEFAULT_CLUSTER));
        NodeSource source = new NodeSource(surroundings.nodes(), nodes, PATIENCE, cluster);
        Instant now = surroundings.time().now();
        return master ? source.master(format == OutputFormat.WIDE, now).orThrow() : source.members(now);
    }
}
