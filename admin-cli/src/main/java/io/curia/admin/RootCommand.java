package io.curia.admin;

import io.curia.cli.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code admin-cli} itself: what is said before any verb. */
@Command(name = "admin-cli", synopsisSubcommandLabel = "VERB", versionProvider = ProgramVersion.class,
        description = "See and change a Curia cluster. ZooKeeper is looked for at 127.0.0.1:2181 and the cluster is "
                + "called 'curia' unless you say otherwise.",
        commandListHeading = "%nVerbs ('admin-cli help VERB' says more):%n",
        footer = {"",
            "Every option has an environment variable, shown with it: --zookeeper has",
            "CURIA_ZOOKEEPER, --cluster has CURIA_CLUSTER. '@file' stands for the options in",
            "that file. Data goes to stdout, words to stderr. NO_COLOR turns colours off.",
            "Manual pages and completion: 'admin-cli man', 'admin-cli completion bash|zsh',",
            "or share/ in the distribution.", "",
            "Examples:",
            "  admin-cli members",
            "  admin-cli members --zookeeper zk1:2181,zk2:2181,zk3:2181/apps --cluster orders",
            "  admin-cli evict n3 --reason 'disk failing'"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, and confirmed", "1:something unexpected", "2:wrong usage",
            "3:ZooKeeper cannot be reached", "4:not permitted", "5:no such member or cluster", "6:no master now",
            "7:a precondition failed, or a confirmation is needed", "8:started, outcome not confirmed in time",
            "9:the cluster is degraded (doctor)", "10:not safe (can-stop, --dry-run)",
            "11:a drill missed its objective", "130:interrupted"})
final class RootCommand implements Callable<Integer> {

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this and exit.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        throw new ParameterException(command.commandLine(), "say what to do: a verb is missing");
    }
}
