package io.curia.admin;

import io.curia.admin.context.Context;
import io.curia.cli.ZooKeeperOptions;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which every command finds the cluster, and the one door to its records. */
final class StoreOptions {

    /** The tool holds nothing in its session, so this only bounds how soon a lost server is given up. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    @Mixin
    private final ZooKeeperOptions where = new ZooKeeperOptions();
    @Mixin
    private final ContextOptions context = new ContextOptions();

    @Option(names = {"-v", "--verbose"}, description = "Log what the libraries do, and show stack traces, on stderr.")
    private boolean verbose;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** What a command does with the records; returns its exit code. */
    @FunctionalInterface
    interface Use {
        int with(ClusterStore store) throws InterruptedException;
    }

    /** Opens the records, runs {@code use}, closes them again; every failure of the store is explained. */
    int call(Surroundings surroundings, Use use) throws InterruptedException {
        ZooKeeperSettings settings = settings(surroundings);
        try (OpenStore records = open(surroundings, settings)) {
            return use.with(records.store());
        } catch (StoreException e) {
            if (Thread.interrupted()) {
                // The store can only say that it did not get through; the reason is that it was not to.
                throw interruption(e);
            }
            throw StoreFailures.explain(e, settings);
        }
    }

    /** Returns the records; the caller closes them, and explains what their calls throw. */
    OpenStore open(Surroundings surroundings, ZooKeeperSettings settings) {
        try {
            return surroundings.stores().open(settings, verbose);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** Returns where the cluster is: as options, variables, the context and defaults say. */
    ZooKeeperSettings settings(Surroundings surroundings) {
        try {
            return context.complete(where.settings(SESSION_TIMEOUT), command, surroundings.environment());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** Returns what the context says of {@code key}, unless something closer says it. */
    Optional<String> fromContext(Context.Key key, Surroundings surroundings) {
        try {
            return context.pick(key, command, surroundings.environment());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static InterruptedException interruption(StoreException cause) {
        InterruptedException interruption = new InterruptedException("interrupted while waiting for ZooKeeper");
        interruption.initCause(cause);
        return interruption;
    }
}
