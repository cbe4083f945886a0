package io.curia.runtime;

import java.time.Duration;
import java.util.Objects;

/**
 * Who is asked before a promotion, and how long the answer may take.
 *
 * @param check who
 * @param timeout after which it counts as a no
 */
public record PromotionPlan(PromotionCheck check, Duration timeout) {

    public PromotionPlan {
        Objects.requireNonNull(check, "check");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: more than 0)");
        }
    }
}
