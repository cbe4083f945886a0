package io.curia.admin.drill;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What is measured in every round. */
public enum Figure {
    REMOVED("removedMs", "the registration is gone", Round::removed),
    CLAIMED("claimedMs", "the new epoch is recorded", Round::claimed),
    VALID("validMs", "a new master is valid", Round::valid),
    WITHOUT_MASTER("withoutMasterMs", "without a valid master", round -> Optional.of(round.withoutMaster())),
    TWO_MASTERS("twoMastersMs", "with two valid masters", round -> Optional.of(round.twoMasters())),
    BACK("backMs", "the old master is a member again", Round::back);

    private final String field;
    private final String words;
    private final Function<Round, Optional<Duration>> value;

    Figure(String field, String words, Function<Round, Optional<Duration>> value) {
        this.field = field;
        this.words = words;
        this.value = value;
    }

    /** Returns its name in documents. */
    public String field() {
        return field;
    }

    public String words() {
        return words;
    }

    /** Returns what it was in {@code round}; empty if that was not seen. */
    public Optional<Duration> of(Round round) {
        return value.apply(round);
    }
}
