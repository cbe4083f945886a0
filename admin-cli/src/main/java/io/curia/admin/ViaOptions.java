package io.curia.admin;

import io.curia.admin.context.Context;
import io.curia.cli.ExitCode;
import io.curia.model.Endpoint;
import io.curia.store.StoreException;
import io.curia.zookeeper.ZooKeeperSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that has nodes answer instead of ZooKeeper. */
final class ViaOptions {

    private static final String OPTION = "--via";

    @Option(names = OPTION, paramLabel = "HOST:PORT,…",
            description = "Ask these nodes, the first that answers, instead of ZooKeeper: quicker, also without a "
                    + "way to ZooKeeper, and as old as the node's own view, which is said with it.")
    private String via;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** What a command does with the nodes; returns its exit code. */
    @FunctionalInterface
    interface Use {
        int with(NodeSource nodes) throws InterruptedException;
    }

    /** Runs {@code throughNodes} if the option, its variable or the context want nodes to be asked; else the other. */
    int call(StoreOptions cluster, Surroundings surroundings, Use throughNodes, StoreOptions.Use throughStore)
            throws InterruptedException {
        Optional<String> nodes = wanted(cluster, surroundings);
        if (nodes.isEmpty()) {
            return cluster.call(surroundings, throughStore);
        }
        try {
            return throughNodes.with(source(nodes.get(), surroundings, cluster.settings(surroundings)));
        } catch (StoreException e) {
            throw explain(e);
        }
    }

    /** Returns the nodes that are to be asked, by the option, its variable or the context; empty if none are. */
    Optional<NodeSource> source(StoreOptions cluster, Surroundings surroundings, ZooKeeperSettings settings) {
        return wanted(cluster, surroundings).map(nodes -> source(nodes, surroundings, settings));
    }

    private NodeSource source(String nodes, Surroundings surroundings, ZooKeeperSettings settings) {
        // A name that nobody has said is no condition: the node knows which cluster it is in.
        Optional<String> name = Optional.of(settings.cluster())
                .filter(said -> !said.equals(ZooKeeperSettings.DEFAULT_CLUSTER));
        return new NodeSource(surroundings.nodes(), parse(nodes), settings.connectTimeout(), name);
    }

    /** Returns what it means to the person at the terminal that no node answers. */
    static CommandFailure explain(StoreException failure) {
        return new CommandFailure(ExitCode.ZOOKEEPER_UNREACHABLE, "no node answers: " + failure.getMessage()
                + "; name others with --via, or leave it out to ask ZooKeeper", failure);
    }

    /** Who names servers on the command line wants those, whatever a variable or the context say. */
    private Optional<String> wanted(StoreOptions cluster, Surroundings surroundings) {
        var line = command.commandLine().getParseResult();
        if (line.hasMatchedOption("--zookeeper") && !line.hasMatchedOption(OPTION)) {
            return Optional.empty();
        }
        return cluster.fromContext(Context.Key.VIA, surroundings).or(() -> Optional.ofNullable(via))
                .filter(text -> !text.isBlank());
    }

    private List<Endpoint> parse(String text) {
        try {
            return Arrays.stream(text.split(",")).map(String::strip).map(Endpoint::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), OPTION + ": " + e.getMessage(), e);
        }
    }
}
