package io.curia.admin;

import io.curia.admin.context.Context;
import io.curia.admin.context.Contexts;
import io.curia.cli.EnvironmentDefaults;
import io.curia.cli.ExitCode;
import io.curia.zookeeper.ZooKeeperSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The option that names a context, and what the context contributes to the other options.
 *
 * <p>What is said closest counts: an option on the command line, a context named there, a variable, a context named by
 * a variable, the context in use, the default.
 */
final class ContextOptions {

    private static final String OPTION = "--context";

    @Option(names = OPTION, paramLabel = "CONTEXT",
            description = "Which cluster, by the name it was given with 'admin-cli context add' (default: the one in "
                    + "use, see 'admin-cli context').")
    private String name;

    /**
     * Returns {@code said}, the settings that options, variables and defaults spell, as the context completes them.
     *
     * @param command the command that was parsed
     */
    ZooKeeperSettings complete(ZooKeeperSettings said, CommandSpec command, Map<String, String> environment) {
        Optional<Context> chosen = chosen(environment);
        if (chosen.isEmpty()) {
            return said;
        }
        Context context = chosen.get();
        ZooKeeperSettings completed = new ZooKeeperSettings(
                pick(context, Context.Key.ZOOKEEPER, command, environment).orElse(said.connect()),
                pick(context, Context.Key.ROOT, command, environment).orElse(said.root()),
                pick(context, Context.Key.CLUSTER, command, environment).orElse(said.cluster()), said.sessionTimeout(),
                said.connectTimeout(), pick(context, Context.Key.AUTH_FILE, command, environment).map(Path::of)
                        .or(said::authFile),
                pick(context, Context.Key.ZOOKEEPER_CONFIG, command, environment).map(Path::of).or(said::clientConfig));
        completed.authFile().ifPresent(file -> requireReadable("auth file", file, context, command));
        completed.clientConfig().ifPresent(
                file -> requireReadable("ZooKeeper client configuration", file, context, command));
        return completed;
    }

    /** Returns what the context says of {@code key}, unless something closer says it. */
    Optional<String> pick(Context.Key key, CommandSpec command, Map<String, String> environment) {
        return chosen(environment).flatMap(context -> pick(context, key, command, environment));
    }

    private static Optional<String> pick(Context context, Context.Key key, CommandSpec command,
            Map<String, String> environment) {
        OptionSpec option = command.findOption(key.option());
        boolean onLine = command.commandLine().getParseResult().hasMatchedOption(key.option());
        boolean inVariable = !isNamedOnLine(command) && option != null
                && !environment.getOrDefault(EnvironmentDefaults.variableOf(option), "").isEmpty();
        return onLine || inVariable ? Optional.empty() : context.get(key);
    }

    private static boolean isNamedOnLine(CommandSpec command) {
        return command.commandLine().getParseResult().hasMatchedOption(OPTION);
    }

    private Optional<Context> chosen(Map<String, String> environment) {
        Contexts contexts = Contexts.read(Contexts.file(environment));
        Optional<String> wanted = Optional.ofNullable(name).or(contexts::current);
        if (wanted.isPresent() && contexts.get(wanted.get()).isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "no such context: '" + wanted.get() + "'"
                    + (name == null ? ", though it is in use" : "")
                    + "; 'admin-cli context list' shows those there are");
        }
        return wanted.flatMap(contexts::get);
    }

    private static void requireReadable(String what, Path file, Context context, CommandSpec command) {
        if (!Files.isReadable(file)) {
            throw new ParameterException(command.commandLine(),
                    what + ": " + file + " cannot be read (context " + context.name() + ")");
        }
    }
}
