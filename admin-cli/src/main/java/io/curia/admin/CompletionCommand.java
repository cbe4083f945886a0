package io.curia.admin;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints what makes a shell complete verbs and options. */
@Command(name = "completion", description = "Print a script that makes the shell complete verbs and options.",
        footer = {"", "Examples:",
            "  source <(admin-cli completion bash)",
            "  admin-cli completion zsh > ~/.admin-cli-completion && source ~/.admin-cli-completion"})
final class CompletionCommand implements Callable<Integer> {

    enum Shell { bash, zsh }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}; the script serves both.")
    private Shell shell;

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.terminal().out().print(AutoComplete.bash("admin-cli", command.root().commandLine()));
        surroundings.terminal().out().flush();
        return 0;
    }
}
