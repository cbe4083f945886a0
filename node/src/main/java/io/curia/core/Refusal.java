package io.curia.core;

import io.curia.model.RefusalReason;
import java.util.Objects;

/**
 * An applicant is not let in.
 *
 * @param reason why, for a program
 * @param detail one sentence for a person
 */
public record Refusal(RefusalReason reason, String detail) {

    public Refusal {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
