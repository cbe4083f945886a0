package io.curia.process;

import io.curia.cli.DurationConverter;
import io.curia.health.CommandCheck;
import io.curia.health.HealthPlan;
import io.curia.health.HealthSettings;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how readily a node becomes master, and when it must not. */
final class CandidacyOptions {

    @Option(names = "--priority", paramLabel = "N", defaultValue = "100",
            description = "How much it is preferred as the next master, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int priority;

    @Option(names = "--preempt",
            description = "Have a master of lower priority step down once this node has queued for 10 s.")
    private boolean preempt;

    @Option(names = "--health-command", paramLabel = "CMD",
            description = "A program with arguments that exits with 0 if this node is fit to be master; "
                    + "for a shell, say so: \"sh -c '…'\".")
    private String healthCommand;

    @Option(names = "--health-interval", paramLabel = "TIME", defaultValue = "2s",
            converter = DurationConverter.class, description = "How often it is run (default: ${DEFAULT-VALUE}).")
    private Duration healthInterval;

    @Option(names = "--health-timeout", paramLabel = "TIME", converter = DurationConverter.class,
            description = "After what time it has failed and is killed (default: the interval).")
    private Duration healthTimeout;

    @Option(names = "--health-rise", paramLabel = "N", defaultValue = "2",
            description = "How many passes in a row make it fit again (default: ${DEFAULT-VALUE}).")
    private int healthRise;

    @Option(names = "--health-fall", paramLabel = "N", defaultValue = "1",
            description = "How many failures in a row make it unfit (default: ${DEFAULT-VALUE}).")
    private int healthFall;

    Priority priority() {
        return new Priority(priority, preempt);
    }

    /** Returns what checks the health of node {@code id}; empty if nothing does. */
    Optional<HealthPlan> health(NodeId id, String cluster) {
        HealthSettings settings = new HealthSettings(healthInterval,
                healthTimeout == null ? healthInterval : healthTimeout, healthRise, healthFall);
        return Optional.ofNullable(healthCommand).map(line -> new HealthPlan(
                CommandCheck.of(line, Map.of("CURIA_ID", id.value(), "CURIA_CLUSTER", cluster)), settings));
    }
}
