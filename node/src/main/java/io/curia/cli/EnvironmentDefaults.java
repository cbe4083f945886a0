package io.curia.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives every option an environment variable: {@code --session-timeout} is also {@code CURIA_SESSION_TIMEOUT}.
 * An empty variable counts as absent.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final String PREFIX = "CURIA_";

    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Objects.requireNonNull(environment, "environment");
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = environment.get(variableOf(option));
        return value == null || value.isEmpty() ? null : value;
    }

    /** Returns the name of the environment variable that stands for {@code option}. */
    public static String variableOf(OptionSpec option) {
        return PREFIX + option.longestName().replaceFirst("^-+", "").toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
