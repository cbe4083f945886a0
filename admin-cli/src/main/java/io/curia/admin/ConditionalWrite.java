package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One conditional write of a record, and the truth about it even when ZooKeeper's answer was lost. */
final class ConditionalWrite {

    /** So many lost races in a row are no coincidence: something else keeps writing the same record. */
    static final int MOST_CONFLICTS = 20;

    private final BooleanSupplier stored;
    private final String record;

    private ConditionalWrite(BooleanSupplier stored, String record) {
        this.stored = stored;
        this.record = record;
    }

    /** A write of what an operator wants; {@code stored} reads whether it is to be found in the records. */
    static ConditionalWrite ofIntent(BooleanSupplier stored) {
        return new ConditionalWrite(stored, "it");
    }

    /** A write of a roster entry that says who wants it, why and when. */
    static ConditionalWrite ofEntry(ClusterStore store, RosterEntry written) {
        return ofEntry(store, written, found -> saysWhatWeWrote(found, written));
    }

    /** A write of a roster entry that {@code isOurs} recognises by what it has changed. */
    static ConditionalWrite ofEntry(ClusterStore store, RosterEntry written, Predicate<RosterEntry> isOurs) {
        return new ConditionalWrite(() -> store.roster(written.id()).filter(isOurs).isPresent(),
                "the record of " + written.id());
    }

    /** Our own words are the proof; what the node or the master noted beside them since then is not ours to compare. */
    private static boolean saysWhatWeWrote(RosterEntry found, RosterEntry written) {
        return found.standing() == written.standing() && found.actor().equals(written.actor())
                && found.reason().equals(written.reason()) && found.at().equals(written.at())
                && found.until().equals(written.until());
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
                return stored.getAsBoolean();
            } catch (StoreException e) {
                if (!Confirmation.mayPass(e)) {
                    throw e;
                }
                deadline.pause(Confirmation.STEP);
            }
        } while (!deadline.hasPassed());
        throw new CommandFailure(ExitCode.NOT_CONFIRMED, "the connection was lost before ZooKeeper answered, and was "
                + "not back within " + Age.spell(deadline.allowed()) + ": " + record
                + " may or may not have been written; look with 'admin-cli members'", lost);
    }

    /** Returns the failure of a write of an intent that met a conflict {@value #MOST_CONFLICTS} times. */
    static CommandFailure givenUp() {
        return new CommandFailure(ExitCode.PRECONDITION_FAILED, "gave up after " + MOST_CONFLICTS
                + " conflicts: somebody keeps changing the same records; try again");
    }

    /** Returns the failure of a write of this node's entry that met a conflict {@value #MOST_CONFLICTS} times. */
    static CommandFailure givenUpOn(NodeId id) {
        return new CommandFailure(ExitCode.PRECONDITION_FAILED, "gave up on " + id + " after " + MOST_CONFLICTS
                + " conflicts: somebody keeps changing its record; try again");
    }
}
