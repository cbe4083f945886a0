package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Looks at the cluster until it shows what was asked for: the only ground on which a change is called done. */
final class Confirmation {

    /** How soon to look again. */
    static final Duration STEP = Duration.ofMillis(20);

    private final ClusterStore store;
    private Optional<ClusterView> last = Optional.empty();

    Confirmation(ClusterStore store) {
        this.store = store;
    }

    /** Returns what was seen last, confirmed or not; empty if nothing could be read. */
    Optional<ClusterView> last() {
        return last;
    }

    /**
     * Returns the first view in which nothing is missing.
     *
     * @param missing what a view still lacks, in words; empty if nothing
     * @throws CommandFailure with {@link ExitCode#NOT_CONFIRMED} once the deadline has passed
     */
    ClusterView await(Function<ClusterView, Optional<String>> missing, Deadline deadline)
            throws InterruptedException {
        while (true) {
            String lacking;
            try {
                ClusterView view = store.view();
                last = Optional.of(view);
                Optional<String> lack = missing.apply(view);
                if (lack.isEmpty()) {
                    return view;
                }
                lacking = lack.get();
            } catch (StoreException e) {
                if (!mayPass(e)) {
                    throw e;
                }
                lacking = "ZooKeeper cannot be reached any more (" + e.getMessage() + ")";
            }
            if (deadline.hasPassed()) {
                throw new CommandFailure(ExitCode.NOT_CONFIRMED, "it is stored, but was not confirmed within "
                        + Age.spell(deadline.allowed()) + ": " + lacking + "; look with 'admin-cli members'");
            }
            deadline.pause(STEP);
        }
    }

    /** Returns whether {@code failure} may be over when one looks again. */
    static boolean mayPass(StoreException failure) {
        return failure.kind() == StoreException.Kind.UNAVAILABLE
                || failure.kind() == StoreException.Kind.UNKNOWN_RESULT;
    }
}
