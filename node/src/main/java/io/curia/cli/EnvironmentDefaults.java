package io.curia.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives every option an environment variable: {@code --session-timeout} is also {@code CURIA_SESSION_TIMEOUT}.
 * An empty variable counts as absent.
 *
 * <p>But for consent. Whoever says {@code --yes} or {@code --force} has one command in mind, and a variable that was
 * exported once would say it for every one that follows; nor must a forgotten {@code CURIA_DRY_RUN} turn a change into
 * nothing, or a node into a question about its settings.
 *
 * <p>Without lambdas: the type of picocli that it implements keeps it, and them, out of a class archive.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final String PREFIX = "CURIA_";
    /** Said with each command or not at all. */
    private static final Set<String> CONSENT = Set.of("--yes", "--force", "--dry-run", "--if-epoch", "--cancel",
            "--print-config", "--check-config");

    private final Map<String, String> environment;
    private final String prefix;

    /** What every command of a program shares. */
    public EnvironmentDefaults(Map<String, String> environment) {
        this(environment, PREFIX);
    }

    private EnvironmentDefaults(Map<String, String> environment, String prefix) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.prefix = prefix;
    }

    /**
     * Returns those of a command of the program {@code node}: {@code --port} is {@code CURIA_PORT} for {@code node}
     * and {@code CURIA_ZOOKEEPER_PORT} for {@code node zookeeper}, because both run under one environment. What
     * {@code node run} runs is a node.
     */
    public static EnvironmentDefaults of(String command, Map<String, String> environment) {
        boolean other = command.contains(" ") && !command.equals("node run");
        String own = other ? variable(command.substring(command.indexOf(' ') + 1)) + "_" : "";
        return new EnvironmentDefaults(environment, PREFIX + own);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !hasVariable(option)) {
            return null;
        }
        String value = environment.get(prefix + variable(longName(option)));
        return value == null || value.isEmpty() ? null : value;
    }

    /** Returns whether {@code option} can be said by a variable. */
    public static boolean hasVariable(OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp() && !CONSENT.contains(longName(option));
    }

    /** Returns the name of the environment variable that stands for {@code option}. */
    public static String variableOf(OptionSpec option) {
        return PREFIX + variable(longName(option));
    }

    private static String variable(String name) {
        return name.replaceFirst("^-+", "").toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Returns its first long name, because the others are there for those who come from elsewhere. */
    public static String longName(OptionSpec option) {
        for (String name : option.names()) {
            if (name.startsWith("--")) {
                return name;
            }
        }
        return option.longestName();
    }
}
