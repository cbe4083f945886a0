package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.store.StoreException;
import java.util.function.BooleanSupplier;

/** One conditional write of what an operator wants, and the truth about it even when ZooKeeper's answer was lost. */
final class IntentWrite {

    /** So many lost races in a row are no coincidence: something else keeps writing the same record. */
    static final int MOST_CONFLICTS = 20;

    private final BooleanSupplier stored;

    /** {@code stored} reads whether the write is to be found in the records. */
    IntentWrite(BooleanSupplier stored) {
        this.stored = stored;
    }

    /**
     * Returns whether {@code write} was stored; false means that it met a conflict, or was lost on its way: read
     * again and decide again.
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
                + "not back within " + Age.spell(deadline.allowed()) + ": it may or may not have been written; look "
                + "with 'admin-cli members'", lost);
    }

    /** Returns the failure of a write that met a conflict {@value #MOST_CONFLICTS} times. */
    static CommandFailure givenUp() {
        return new CommandFailure(ExitCode.PRECONDITION_FAILED, "gave up after " + MOST_CONFLICTS
                + " conflicts: somebody keeps changing the same records; try again");
    }
}
