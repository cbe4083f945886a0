package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;

/** What is shown, asked and done when members are changed: what it comes to, a question, the members afterwards. */
final class ChangeDialogue {

    private final Surroundings surroundings;
    private final Safeguards safeguards;
    private final OutputOptions output;

    ChangeDialogue(Surroundings surroundings, Safeguards safeguards, OutputOptions output) {
        this.surroundings = surroundings;
        this.safeguards = safeguards;
        this.output = output;
    }

    /**
     * What a change has come to.
     *
     * @param after the cluster as seen once it showed
     * @param words in one line what was done
     */
    record Done(ClusterView after, String words) {
    }

    /** Makes the change. */
    @FunctionalInterface
    interface Making {
        /**
         * Makes it and returns once it shows.
         *
         * @param asked whether somebody looked and agreed, which was to what was shown and to no other epoch: a master
         *     elected meanwhile is somebody else
         */
        Done make(boolean asked) throws InterruptedException;
    }

    /**
     * Has the change made, or says what would happen; returns the exit code.
     *
     * @param refusal throws if it must not be made
     */
    int hold(Preview preview, Runnable refusal, Making making) throws InterruptedException {
        if (safeguards.isDryRun()) {
            output.print(preview, surroundings.terminal());
            return (preview.isSafe() ? ExitCode.OK : ExitCode.NOT_SAFE).code();
        }
        refusal.run();
        if (!safeguards.isConfirmedBeforehand()) {
            output.printWords(preview, surroundings.terminal());
        }
        Done done = making.make(safeguards.asked(surroundings.terminal()));
        surroundings.terminal().err().println(done.words());
        output.print(new MembersReport(done.after(), surroundings.time().now()), surroundings.terminal());
        return ExitCode.OK.code();
    }
}
