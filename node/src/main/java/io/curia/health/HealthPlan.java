package io.curia.health;

import java.util.Objects;

/**
 * What to check, and how.
 *
 * @param check what says whether the program is fit
 * @param settings how often, and what an answer counts
 */
public record HealthPlan(HealthCheck check, HealthSettings settings) {

    public HealthPlan {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(settings, "settings");
    }
}
