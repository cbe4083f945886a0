package io.curia.singleton;

import io.curia.model.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to run while a node is master, and how.
 *
 * @param id the node
 * @param command the program and its arguments
 * @param java the words that start a keeper, before the ones that a keeper is told
 * @param directory where the keeper has its lock and its mark: one for each node
 * @param host the address that the keeper's port is opened at: the node's own
 * @param port that port; 0 for any free one
 * @param grace how long the command may take to end after SIGTERM
 * @param onExit what follows when it ends by itself
 * @param input what it reads
 * @param output what becomes of what it writes
 * @param environment the environment that it is started with
 */
public record SingletonPlan(NodeId id, List<String> command, List<String> java, Path directory, String host, int port,
        Duration grace, OnExit onExit, InputStyle input, OutputStyle output, Map<String, String> environment) {

    public SingletonPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(grace, "grace");
        Objects.requireNonNull(onExit, "onExit");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        command = List.copyOf(command);
        java = List.copyOf(java);
        environment = Map.copyOf(environment);
    }
}
