package io.curia.admin;

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
 */
record Surroundings(Terminal terminal, StoreOpener stores, Time time, Map<String, String> environment,
        Supplier<DrillGear> drillGear) {

    Surroundings(Terminal terminal, StoreOpener stores, Time time, Map<String, String> environment) {
        this(terminal, stores, time, environment, DrillGear::real);
    }

    Surroundings {
        Objects.requireNonNull(terminal, "terminal");
        Objects.requireNonNull(stores, "stores");
        Objects.requireNonNull(time, "time");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(drillGear, "drillGear");
    }
}
