package io.curia.process;

import io.curia.cli.DurationConverter;
import io.curia.hooks.HookEvent;
import io.curia.hooks.HookPlan;
import io.curia.hooks.Hooks;
import io.curia.runtime.NodeConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name programs to run when something happens. */
final class HookOptions {

    @Option(names = "--on-master", paramLabel = "CMD",
            description = "A program with arguments that is run when this node has become master.")
    private String onMaster;

    @Option(names = "--on-standby", paramLabel = "CMD",
            description = "The same, when it stands by: it has joined, or is master no more.")
    private String onStandby;

    @Option(names = "--on-evicted", paramLabel = "CMD", description = "The same, when it was evicted.")
    private String onEvicted;

    @Option(names = "--on-change", paramLabel = "CMD",
            description = "The same, when any node has become master. Each is told in CURIA_EVENT, CURIA_EPOCH, "
                    + "CURIA_CAUSE, … and by a JSON object on its standard input what has happened.")
    private String onChange;

    @Option(names = "--pre-master", paramLabel = "CMD",
            description = "A program that is run before this node becomes master, while nobody is. If it exits with "
                    + "anything but 0, another node has to do it.")
    private String preMaster;

    @Option(names = "--hook-timeout", paramLabel = "TIME", defaultValue = "10s",
            converter = DurationConverter.class,
            description = "After what time each of these has failed and is killed (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    /** Returns what runs them; empty if there are none. Throws {@link IllegalArgumentException} naming a wrong one. */
    Optional<Hooks> of(NodeConfig config) {
        if (onMaster == null && onStandby == null && onEvicted == null && onChange == null && preMaster == null) {
            return Optional.empty();
        }
        Map<HookEvent, String> commands = new EnumMap<>(HookEvent.class);
        put(commands, HookEvent.MASTER, onMaster);
        put(commands, HookEvent.STANDBY, onStandby);
        put(commands, HookEvent.EVICTED, onEvicted);
        put(commands, HookEvent.CHANGE, onChange);
        put(commands, HookEvent.PRE_MASTER, preMaster);
        return Optional.of(new Hooks(config.id().value(), new HookPlan(commands, timeout),
                Map.of("CURIA_ID", config.id().value(), "CURIA_CLUSTER", config.zooKeeper().cluster())));
    }

    boolean veto() {
        return preMaster != null;
    }

    /** Returns how long the node is to wait for an answer: a little longer than the program is given. */
    Duration patience() {
        return timeout.plusSeconds(1);
    }

    private static void put(Map<HookEvent, String> commands, HookEvent event, String line) {
        if (line != null) {
            commands.put(event, line);
        }
    }
}
