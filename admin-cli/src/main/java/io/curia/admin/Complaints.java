package io.curia.admin;

import io.curia.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How a command that did not succeed says so: one line on stderr, and the exit code that belongs to it.
 *
 * <p>A class with a name, as everything of ours that implements a type of picocli: its class files are so old that the
 * JVM leaves those out of a class archive which a lambda implements, and then opens every jar to find them.
 */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Says what is wrong with the command line and where to read how it is right. */
    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("admin-cli: " + oneLine(wrong.getMessage()) + hint(wrong, arguments) + "; see '"
                + command.getCommandSpec().qualifiedName() + " --help'");
        UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        return ExitCode.USAGE.code();
    }

    /** Options before the verb are the commonest mistake of all, and a file full of them hides it best. */
    private static String hint(ParameterException wrong, String... arguments) {
        boolean early = wrong instanceof UnmatchedArgumentException && wrong.getCommandLine().getParent() == null;
        if (!early || arguments.length == 0 || !(arguments[0].startsWith("@") || arguments[0].startsWith("-"))) {
            return "";
        }
        return "; the verb comes first, options and @files behind it: 'admin-cli members " + oneLine(arguments[0])
                + "'";
    }

    /** Says what failed; the stack trace is for whoever asked for it. */
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
        ExitCode code = failure instanceof CommandFailure known ? known.exitCode() : ExitCode.UNEXPECTED;
        String message = failure instanceof CommandFailure ? failure.getMessage()
                : "unexpected: " + failure + "; run it again with --verbose and report what it prints";
        command.getErr().println(line(message));
        if (isVerbose(command)) {
            StackTrace.print(failure, command.getErr());
        }
        return code.code();
    }

    /** Returns the one line that says {@code message}, whoever has composed it. */
    static String line(String message) {
        return "admin-cli: " + oneLine(message);
    }

    private static boolean isVerbose(CommandLine command) {
        OptionSpec verbose = command.getCommandSpec().findOption("--verbose");
        return verbose != null && Boolean.TRUE.equals(verbose.getValue());
    }

    private static String oneLine(String message) {
        return message == null ? "" : message.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
