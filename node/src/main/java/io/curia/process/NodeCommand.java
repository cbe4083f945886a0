package io.curia.process;

import io.curia.cli.ExitCode;
import io.curia.cli.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code node}: what the program says of itself when no command is named. */
@Command(name = "node", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
        description = "A cluster node coordinated by ZooKeeper.",
        footer = {"", "Commands:", "  zookeeper  runs ZooKeeper servers on this host", "  demo       shows a cluster "
                + "of three, and the death of its master, on this host",
                "Every option has an environment variable, --zookeeper is CURIA_ZOOKEEPER, and can stand in an @file."})
final class NodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.code();
    }
}
