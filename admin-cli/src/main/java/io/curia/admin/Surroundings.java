package io.curia.admin;

import io.curia.admin.doctor.EnsembleLook;
import io.curia.admin.witness.NodeLine;
import io.curia.admin.witness.SocketLine;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * All that a command touches of the world.
 *
 * @param terminal where it prints and asks
 * @param stores where the cluster's records come from
 * @param time its clocks
 * @param environment the process's environment
 * @param drillGear what only a drill needs, made when it is needed
 * @param nodes the way to nodes over TCP
 * @param ensemble the way to look at ZooKeeper's servers themselves
 * @param interruptions what turns Ctrl-C into an interrupt of a thread that has something to put right
 */
record Surroundings(Terminal terminal, StoreOpener stores, Time time, Map<String, String> environment,
        Supplier<DrillGear> drillGear, NodeLine.Dialler nodes, EnsembleLook ensemble,
        Interruptions interruptions) {

    Surroundings(Terminal terminal, StoreOpener stores, Time time, Map<String, String> environment) {
        this(terminal, stores, time, environment, DrillGear::real, SocketLine::dial, EnsembleLook.real(),
                LastActs::of);
    }

    Surroundings {
        Objects.requireNonNull(terminal, "terminal");
        Objects.requireNonNull(stores, "stores");
        Objects.requireNonNull(time, "time");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(drillGear, "drillGear");
        Objects.requireNonNull(nodes, "nodes");
        Objects.requireNonNull(ensemble, "ensemble");
        Objects.requireNonNull(interruptions, "interruptions");
    }
}
