package io.curia.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code node}, run from the classes under test with the options that its launcher gives. */
final class NodeProgram {

    private NodeProgram() {
    }

    /** Returns the command line that runs {@code subcommand} with {@code options}. */
    static List<String> command(List<String> javaOptions, String subcommand, String... options) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dcuria.terminals="));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName(), subcommand));
        command.addAll(List.of(options));
        return command;
    }
}
