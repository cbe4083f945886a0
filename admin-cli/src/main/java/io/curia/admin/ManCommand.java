package io.curia.admin;

import io.curia.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code man}: the help as manual pages. */
@Command(name = "man", description = "Print the manual page of a verb, or write all pages into a directory.",
        footer = {"", "Examples:",
            "  admin-cli man members | man -l -",
            "  admin-cli man --directory ~/.local/share/man/man1"})
final class ManCommand implements Callable<Integer> {

    @Parameters(paramLabel = "VERB", arity = "0..1", description = "The verb; the program itself without one.")
    private String verb;

    @Option(names = "--directory", paramLabel = "DIR", description = "Write every page there, as NAME.1.")
    private Path directory;

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    ManCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        CommandLine root = command.root().commandLine();
        CommandLine explained = verb == null ? root : root.getSubcommands().get(verb);
        if (explained == null) {
            throw new ParameterException(command.commandLine(), "no such verb: '" + verb + "'");
        }
        if (directory != null) {
            write(root);
        } else {
            surroundings.terminal().out().print(ManPage.of(explained.getCommandSpec()));
            surroundings.terminal().out().flush();
        }
        return ExitCode.OK.code();
    }

    private void write(CommandLine root) {
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        commands.addAll(root.getSubcommands().values());
        try {
            Files.createDirectories(directory);
            for (CommandLine one : commands) {
                Files.writeString(directory.resolve(ManPage.name(one.getCommandSpec()) + ".1"),
                        ManPage.of(one.getCommandSpec()), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNEXPECTED, directory + " cannot be written (" + e + ")", e);
        }
        surroundings.terminal().err().println("wrote " + commands.size() + " pages to " + directory);
    }
}
