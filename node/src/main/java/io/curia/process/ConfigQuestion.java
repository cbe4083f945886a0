package io.curia.process;

import io.curia.cli.ExitCode;
import io.curia.runtime.NodeConfig;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options that ask what a node would do with its settings, instead of running it. */
final class ConfigQuestion {

    private static final String CHECK = "--check-config";

    @Option(names = "--print-config",
            description = "Print every setting and where it comes from, as a file that @FILE reads, and end.")
    private boolean print;

    @Option(names = CHECK, paramLabel = "offline|online", arity = "0..1", fallbackValue = "offline",
            converter = ScopeConverter.class,
            description = "List what is wrong with the settings and end with exit code 0 or 2, without joining; "
                    + "online: ask ZooKeeper too.")
    private Scope check;

    /** How far a check goes. */
    enum Scope {
        /** This host and its name service. */
        OFFLINE,
        /** ZooKeeper too. */
        ONLINE
    }

    /** Returns whether anything was asked: then no node is to run. */
    boolean isAsked() {
        return print || check != null;
    }

    /** Returns whether these arguments, of which some may be wrong, ask for a check. */
    static boolean asksForCheck(String... arguments) {
        return Arrays.stream(arguments).anyMatch(each -> each.equals(CHECK) || each.startsWith(CHECK + "="));
    }

    /**
     * Prints the answer and returns the exit code.
     *
     * @param line the command line that has been parsed
     * @param config makes sense of it, or throws {@link ParameterException}
     */
    int answer(CommandLine line, Map<String, String> environment, Supplier<NodeConfig> config) {
        List<String> arguments = line.getParseResult().originalArgs();
        if (check != null) {
            return check(line, environment, arguments, check);
        }
        new ConfigPrint(line.getCommandName(), GivenSettings.of(line, environment, arguments), environment)
                .to(line.getOut(), effective(config));
        return ExitCode.OK.code();
    }

    private static Optional<NodeConfig> effective(Supplier<NodeConfig> config) {
        try {
            return Optional.of(config.get());
        } catch (ParameterException e) {
            // What follows from wrong settings is not shown; to say what is wrong is the other question's business.
            return Optional.empty();
        }
    }

    /** Checks arguments that could not even be parsed, prints what is wrong with them and returns the exit code. */
    static int checkUnparsable(CommandLine line, Map<String, String> environment, String... arguments) {
        boolean online = Arrays.asList(arguments).contains(CHECK + "=online");
        return check(line, environment, List.of(arguments), online ? Scope.ONLINE : Scope.OFFLINE);
    }

    private static int check(CommandLine line, Map<String, String> environment, List<String> arguments, Scope scope) {
        NodeCommand command = line.getCommand();
        List<Complaint> complaints = new ConfigCheck(command, GivenSettings.of(line, environment, arguments),
                environment).complaints(scope);
        PrintWriter out = line.getOut();
        complaints.forEach(out::println);
        long errors = complaints.stream().filter(Complaint::isError).count();
        long warnings = complaints.size() - errors;
        out.println((errors == 0 ? "the configuration is usable" : "the configuration is not usable: " + errors
                + (errors == 1 ? " error" : " errors")) + (warnings == 0 ? "" : ", " + warnings
                + (warnings == 1 ? " warning" : " warnings")));
        out.flush();
        return (errors == 0 ? ExitCode.OK : ExitCode.USAGE).code();
    }

    /** Reads how far a check is to go. */
    static final class ScopeConverter implements ITypeConverter<Scope> {

        @Override
        public Scope convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "offline" -> Scope.OFFLINE;
                case "online" -> Scope.ONLINE;
                default -> throw new TypeConversionException("'" + text + "' is no kind of check "
                        + "(expected: offline or online)");
            };
        }
    }
}
