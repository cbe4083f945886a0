package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.util.function.Predicate;

/** One conditional write of a roster entry, and the truth about it even when ZooKeeper's answer was lost. */
final class RosterWrite {

    /** So many lost races in a row are no coincidence: something else keeps writing the same record. */
    static final int MOST_CONFLICTS = 20;

    private final ClusterStore store;
    private final RosterEntry written;
    private final Predicate<RosterEntry> isOurs;

    RosterWrite(ClusterStore store, RosterEntry written) {
        this(store, written, found -> saysWhatWeWrote(found, written));
    }

    /** A write that {@code isOurs} recognises by what it has changed. */
    RosterWrite(ClusterStore store, RosterEntry written, Predicate<RosterEntry> isOurs) {
        this.store = store;
        this.written = written;
        this.isOurs = isOurs;
    }

    /**
     * Returns whether {@code write} was stored; false means that it met a conflict, or was lost on its way: read
     * again and decide again.
     *
     * @throws CommandFailure with {@link ExitCode#NOT_CONFIRMED} if its answer was lost and the record could not be
     *     read before the deadline either
     */
    boolean attempt(Runnable write, Deadline deadline) throws InterruptedException {
        try {
            write.run();
            return true;
        } catch (StoreException e) {
            return switch (e.kind()) {
                case CONFLICT, FENCED -> false;
                case UNKNOWN_RESULT -> wasStored(deadline, e);
                case UNAVAILABLE, NOT_FOUND, DENIED, CORRUPT -> throw e;
            };
        }
    }

    private boolean wasStored(Deadline deadline, StoreException lost) throws InterruptedException {
        do {
            try {
                return store.roster(written.id()).filter(isOurs).isPresent();
            } catch (StoreException e) {
                if (!Confirmation.mayPass(e)) {
                    throw e;
                }
                deadline.pause(Confirmation.STEP);
            }
        } while (!deadline.hasPassed());
        throw new CommandFailure(ExitCode.NOT_CONFIRMED, "the connection was lost before ZooKeeper answered, and was "
                + "not back within " + Age.spell(deadline.allowed()) + ": the record of " + written.id()
                + " may or may not have been written; look with 'admin-cli members'", lost);
    }

    /** Our own words are the proof; what the node or the master noted beside them since then is not ours to compare. */
    private static boolean saysWhatWeWrote(RosterEntry found, RosterEntry written) {
        return found.standing() == written.standing() && found.actor().equals(written.actor())
                && found.reason().equals(written.reason()) && found.at().equals(written.at())
                && found.until().equals(written.until());
    }

    /** Returns the failure of a write that met a conflict {@value #MOST_CONFLICTS} times. */
    CommandFailure givenUp() {
        return new CommandFailure(ExitCode.PRECONDITION_FAILED, "gave up on " + written.id() + " after "
                + MOST_CONFLICTS + " conflicts: somebody keeps changing its record; try again");
    }
}
