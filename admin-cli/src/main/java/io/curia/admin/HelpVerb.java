package io.curia.admin;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: the same as {@code --help}, in the order in which one says it. */
@Command(name = "help", description = "Explain a verb, or list them all.")
final class HelpVerb implements Callable<Integer> {

    @Parameters(paramLabel = "VERB", arity = "0..1", description = "The verb to explain.")
    private String verb;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLine root = command.root().commandLine();
        CommandLine explained = verb == null ? root : root.getSubcommands().get(verb);
        if (explained == null) {
            throw new ParameterException(command.commandLine(), "no such verb: '" + verb + "'");
        }
        explained.usage(root.getOut());
        return 0;
    }
}
