package io.curia.process;

import io.curia.cli.EnvironmentDefaults;
import io.curia.cli.ProgramVersion;
import io.curia.runtime.NodeConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A node's settings, written as a file of arguments: each with what it is for and where it comes from. What nobody said
 * stands as a comment, so that a later version's better default is not frozen by the file.
 *
 * <p>Secrets are in files, whose names are settings; what they hold is never read here.
 */
final class ConfigPrint {

    private static final int WIDTH = 100;
    /** The value is shown anyway, and need not be the default's. */
    private static final Pattern DEFAULT_IN_WORDS = Pattern.compile(" ?\\(default: [^)]*\\)");
    /** What a word in a file of arguments may be made of without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:;/=@%+*?\\[\\]()<>~^&|!{}$-]+");

    private final String program;
    private final GivenSettings given;
    private final Map<String, String> environment;

    ConfigPrint(String program, GivenSettings given, Map<String, String> environment) {
        this.program = program;
        this.given = given;
        this.environment = environment;
    }

    /** Prints all of it; {@code effective} is what follows from it, empty if nothing does, because it is wrong. */
    void to(PrintWriter out, Optional<NodeConfig> effective) {
        Map<String, String> derived = effective.map(ConfigPrint::derived).orElse(Map.of());
        out.println("# The settings of node " + ProgramVersion.current() + " as it would start here; to be read by: "
                + program + " @FILE");
        out.println("# A line that begins with # is a comment: what is left at its default is one. Of an option that");
        out.println("# is given twice the last one counts, so say after @FILE what differs.");
        for (OptionSpec option : given.options()) {
            out.println();
            describe(option).forEach(out::println);
            lines(option, derived).forEach(out::println);
        }
        out.println();
        // Options of a JVM may hold the password of a key store.
        out.println("# No option, but heard of: CURIA_JAVA_OPTS, options of the JVM; "
                + (environment.getOrDefault("CURIA_JAVA_OPTS", "").isBlank() ? "not set" : "set, and not shown"));
        out.flush();
    }

    private static List<String> describe(OptionSpec option) {
        String words = DEFAULT_IN_WORDS.matcher(String.join(" ", option.description())).replaceAll("");
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("#");
        for (String word : words.split(" +")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private List<String> lines(OptionSpec option, Map<String, String> derived) {
        String variable = EnvironmentDefaults.variableOf(option);
        List<String> lines = new ArrayList<>();
        Optional<GivenSettings.Given> said = given.of(option);
        if (said.isPresent()) {
            lines.add("# " + variable + ", from: " + said.get().source());
            said.get().arguments().forEach(argument -> lines.add(quoted(argument)));
            return lines;
        }
        lines.add("# " + variable + ", from: default");
        lines.add("#" + unsaid(option, derived.get(EnvironmentDefaults.longName(option))));
        return lines;
    }

    private static String unsaid(OptionSpec option, String derived) {
        String value = derived != null ? derived : option.defaultValue();
        if (option.arity().max() == 0) {
            return GivenSettings.argument(option, value == null ? "true" : value)
                    + (value == null ? "        (off)" : "");
        }
        return value == null ? EnvironmentDefaults.longName(option) + "=" + option.paramLabel() + "        (not set)"
                : quoted(GivenSettings.argument(option, value));
    }

    /** What takes its default from other settings. */
    private static Map<String, String> derived(NodeConfig config) {
        Map<String, String> derived = new LinkedHashMap<>();
        derived.put("--id", config.id().value());
        config.dataDirectory().ifPresent(directory -> derived.put("--data-dir", directory.toString()));
        derived.put("--guests", Boolean.toString(config.guests()));
        config.health().ifPresent(plan -> derived.put("--health-timeout", plan.settings().timeout().toMillis() + "ms"));
        return derived;
    }

    /** Inside of quotes the reader of such a file knows the escapes of C. */
    private static String quoted(String argument) {
        if (PLAIN.matcher(argument).matches()) {
            return argument;
        }
        return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
                + "\"";
    }
}
