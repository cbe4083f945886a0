package io.curia.admin;

import java.util.Map;
import java.util.Objects;

/**
 * All that a command touches of the world.
 *
 * @param terminal where it prints and asks
 * @param stores where the cluster's records come from
 * @param time its clocks
 * @param environment the process's environment
 */
record Surroundings(Terminal terminal, StoreOpener stores, Time time, Map<String, String> environment) {

    Surroundings {
        Objects.requireNonNull(terminal, "terminal");
        Objects.requireNonNull(stores, "stores");
        Objects.requireNonNull(time, "time");
        environment = Map.copyOf(environment);
    }
}
