package io.curia.process;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The options this process's own JVM was started with, for starting others like it. */
final class JavaOptions {

    private static final List<String> NOT_FOR_OTHERS = List.of("-Dcuria.", "-XX:ArchiveClassesAtExit",
            "-XX:DumpLoadedClassList", "-XX:AOTCacheOutput", "-XX:StartFlightRecording", "-Xrun", "-Xdebug");

    private JavaOptions() {
    }

    /** Returns the options that shape a JVM, then {@code more}, which win. */
    static List<String> inherited(String... more) {
        List<String> options = new ArrayList<>(inheritable(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        options.addAll(List.of(more));
        return List.copyOf(options);
    }

    /** A debugger's port, an agent's file or a list to write would be fought over; our own words are not for all. */
    static List<String> inheritable(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-X") || argument.startsWith("-D"))
                .filter(argument -> NOT_FOR_OTHERS.stream().noneMatch(argument::startsWith))
                .toList();
    }
}
