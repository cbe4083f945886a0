package io.curia.process;

import io.curia.cli.EnvironmentDefaults;
import io.curia.cli.ExitCode;
import io.curia.logging.ProgramLog;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The main class of the program {@code node}.
 *
 * <p>Only the command that is asked for is built, because building a command's options is most of what a short run of
 * the program does.
 */
public final class NodeMain {

    private NodeMain() {
    }

    /** Runs the command that the arguments name and ends the process with its exit code. */
    public static void main(String... arguments) {
        System.exit(run(System.getenv(), arguments));
    }

    /** Runs the command that the arguments name and returns its exit code. */
    static int run(Map<String, String> environment, String... arguments) {
        ProgramLog.begin(LogOptions.of(environment));
        String first = arguments.length == 0 ? "" : arguments[0];
        return switch (first) {
            case "zookeeper" -> execute(new ZooKeeperCommand(environment), environment, "node zookeeper",
                    Arrays.copyOfRange(arguments, 1, arguments.length));
            case "demo" -> execute(new DemoCommand(environment), environment, "node demo",
                    Arrays.copyOfRange(arguments, 1, arguments.length));
            case "run" -> run(environment, Arrays.asList(arguments).subList(1, arguments.length));
            default -> execute(new NodeCommand(environment), environment, "node", arguments);
        };
    }

    /** What follows the first two hyphens is somebody else's command line, which nobody here looks into. */
    private static int run(Map<String, String> environment, List<String> words) {
        int end = words.indexOf("--");
        List<String> own = end < 0 ? words : words.subList(0, end);
        List<String> command = end < 0 ? List.of() : words.subList(end + 1, words.size());
        return execute(new RunCommand(environment, command), environment, "node run", own.toArray(String[]::new));
    }

    private static int execute(Object command, Map<String, String> environment, String name, String... arguments) {
        return commandLine(command, environment, name).execute(arguments);
    }

    /**
     * Returns what parses the arguments of {@code command} and runs it. What is said twice counts the second time, so
     * that a file of arguments can be followed by what differs from it.
     */
    static CommandLine commandLine(Object command, Map<String, String> environment, String name) {
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // Or it would warn of each such case.
        return new CommandLine(command)
                .setCommandName(name)
                .setOverwrittenOptionsAllowed(true)
                .setDefaultValueProvider(EnvironmentDefaults.of(name, environment))
                .setParameterExceptionHandler(new UsageReport(environment))
                .setExecutionExceptionHandler(new FailureReport());
    }

    /** Says what is wrong with the command line in one line, which the whole of the usage would scroll away. */
    private static final class UsageReport implements IParameterExceptionHandler {

        private final Map<String, String> environment;

        UsageReport(Map<String, String> environment) {
            this.environment = environment;
        }

        @Override
        public int handleParseException(ParameterException wrong, String[] arguments) {
            CommandLine command = wrong.getCommandLine();
            if (command.getCommand() instanceof NodeCommand && ConfigQuestion.asksForCheck(arguments)) {
                return ConfigQuestion.checkUnparsable(command, environment, arguments);
            }
            command.getErr().println(command.getCommandName() + ": " + wrong.getMessage() + "; see '"
                    + command.getCommandName() + " --help'");
            UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
            return ExitCode.USAGE.code();
        }
    }

    /** Says what failed in one line. Not a lambda, because a class archive has no lambdas of old interfaces. */
    private static final class FailureReport implements IExecutionExceptionHandler {

        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
            if (failure instanceof InterruptedException) {
                return ExitCode.INTERRUPTED.code();
            }
            String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            command.getErr().println(command.getCommandName() + ": " + message);
            return ExitCode.UNEXPECTED.code();
        }
    }
}
