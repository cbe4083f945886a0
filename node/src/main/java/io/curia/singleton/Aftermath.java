package io.curia.singleton;

import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.Tenure;
import java.util.Optional;

/** What the record says of how much time there is when a mastership was ended over its holder's head. */
enum Aftermath {
    /** Whoever ended it has left word that its holder may still be at work: the usual time is given. */
    SUCCESSOR_WAITS,
    /** It was said to be over: somebody may have begun already. */
    SUCCESSOR_MAY_BEGIN,
    /** Nothing is known yet of its end. */
    UNKNOWN;

    static Aftermath of(MasterRecord record, Tenure mine) {
        if (record.epoch().isAfter(mine.epoch())) {
            return SUCCESSOR_MAY_BEGIN;
        }
        Optional<Ending> written = record.tenure().filter(tenure -> tenure.claimId().equals(mine.claimId()))
                .flatMap(Tenure::ending);
        return written.map(how -> how.confirmed() ? SUCCESSOR_MAY_BEGIN : SUCCESSOR_WAITS).orElse(UNKNOWN);
    }
}
