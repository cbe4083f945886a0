package io.curia.admin;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints what makes a shell complete verbs and options. */
@Command(name = "completion", description = "Print a script that makes the shell complete verbs and options.",
        footer = {"", "Examples:",
            "  source <(admin-cli completion bash)",
            "  admin-cli completion zsh > ~/.zfunc/_admin-cli        with ~/.zfunc on the fpath",
            "  source <(admin-cli completion zsh)"})
final class CompletionCommand implements Callable<Integer> {

    enum Shell { bash, zsh }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        CommandLine root = command.root().commandLine();
        surroundings.terminal().out().print(switch (shell) {
            case bash -> AutoComplete.bash("admin-cli", root);
            case zsh -> ZshCompletion.of(root);
        });
        surroundings.terminal().out().flush();
        return 0;
    }
}
