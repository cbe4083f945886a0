package io.curia.zookeeper;

import io.curia.store.StoreException;
import java.util.Optional;

/** What was told of records that cannot be used: each thing once, until they can be. Not thread-safe. */
final class Complaints {

    private Optional<StoreException> last = Optional.empty();

    /** Returns whether this is not what was told last. */
    boolean isNews(StoreException failure) {
        boolean known = last.filter(before -> before.kind() == failure.kind()
                && before.getMessage().equals(failure.getMessage())).isPresent();
        last = known ? last : Optional.of(failure);
        return !known;
    }

    /** All is well again. */
    void settled() {
        last = Optional.empty();
    }
}
