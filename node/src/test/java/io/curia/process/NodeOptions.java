package io.curia.process;

import io.curia.runtime.NodeConfig;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The options that the program {@code node} has, for what is said about them outside of Java. */
public final class NodeOptions {

    private NodeOptions() {
    }

    /** Returns them all. */
    public static List<OptionSpec> all() {
        return new CommandLine(new NodeCommand(Map.of())).getCommandSpec().options();
    }

    /** Returns for how long a node waits for its duties unless told otherwise. */
    public static long yieldGraceSeconds() {
        return NodeConfig.DEFAULT_YIELD_GRACE.toSeconds();
    }
}
