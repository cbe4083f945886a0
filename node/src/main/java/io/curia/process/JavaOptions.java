package io.curia.process;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The options this process's own JVM was started with, for starting others like it. */
final class JavaOptions {

    private JavaOptions() {
    }

    /** Returns the options that shape a JVM, then {@code more}, which win. */
    static List<String> inherited(String... more) {
        List<String> options = new ArrayList<>(inheritable(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        options.addAll(List.of(more));
        return List.copyOf(options);
    }

    /** A debugger's port, an agent's file or an archive to write would be fought over; some words are not for all. */
    static List<String> inheritable(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-X") || argument.startsWith("-D"))
                .filter(argument -> !argument.startsWith("-Dcuria.") && !argument.startsWith("-XX:ArchiveClassesAtExit")
                        && !argument.startsWith("-Xrun") && !argument.startsWith("-Xdebug"))
                .toList();
    }
}
