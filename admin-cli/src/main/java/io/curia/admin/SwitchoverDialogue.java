package io.curia.admin;

import io.curia.admin.Interruptions.Interruption;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Switchover;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is shown, asked and done when the master is to be another: the members before, a question, those after. */
final class SwitchoverDialogue {

    private final Surroundings surroundings;
    private final Safeguards safeguards;
    private final OutputOptions output;

    SwitchoverDialogue(Surroundings surroundings, Safeguards safeguards, OutputOptions output) {
        this.surroundings = surroundings;
        this.safeguards = safeguards;
        this.output = output;
    }

    /** Does it, or says what would happen; returns the exit code. A scheduled one is waited for if {@code wait}. */
    int hold(ClusterStore store, SwitchoverRequest request, boolean wait) throws InterruptedException {
        SwitchoverPlan plan = SwitchoverPlan.of(request, store.view(), store.intents(),
                surroundings.time().now().truncatedTo(ChronoUnit.MILLIS));
        SwitchoverPreview preview = new SwitchoverPreview(plan);
        if (safeguards.isDryRun()) {
            output.print(preview, surroundings.terminal());
            return (preview.isPossible() ? ExitCode.OK : ExitCode.NOT_SAFE).code();
        }
        if (plan.isFulfilled()) {
            return end(plan.view(), request.target().orElseThrow() + " is master already, nothing was changed");
        }
        plan.refuseUnlessAllowed();
        output.printWords(preview, surroundings.terminal());
        boolean asked = safeguards.asked(surroundings.terminal());
        // Who looked and agreed, agreed to what was shown: a master elected meanwhile is somebody else.
        SwitchoverRequest agreed = asked ? request.boundTo(plan.view().master().epoch().number()) : request;
        SwitchoverRun run = new SwitchoverRun(store, surroundings.time(), agreed);
        Interruption lastActs = surroundings.interruptions().of(Thread.currentThread(), surroundings.terminal().err());
        try {
            return carryOut(run, agreed, plan, wait);
        } finally {
            lastActs.close();
        }
    }

    /** Nobody waits for the outcome any more once this is interrupted: then it is not to come either. */
    private int carryOut(SwitchoverRun run, SwitchoverRequest agreed, SwitchoverPlan plan, boolean wait)
            throws InterruptedException {
        try {
            return begin(run, agreed, plan, wait);
        } catch (InterruptedException e) {
            abandon(run);
            throw e;
        } catch (StoreException e) {
            // The store can only say that it did not get through; the reason is that it was not to.
            if (!Thread.interrupted()) {
                throw e;
            }
            abandon(run);
            InterruptedException interruption = new InterruptedException("interrupted while waiting for ZooKeeper");
            interruption.initCause(e);
            throw interruption;
        }
    }

    private void abandon(SwitchoverRun run) {
        surroundings.terminal().err().println(Complaints.line("interrupted: " + run.abandon()));
    }

    private int begin(SwitchoverRun run, SwitchoverRequest agreed, SwitchoverPlan plan, boolean wait)
            throws InterruptedException {
        if (agreed.at().isPresent() && !wait) {
            run.order(Deadline.after(safeguards.timeout(), surroundings.time()));
            return end(run.view(), "scheduled for " + Age.exactly(agreed.at().get())
                    + ", if epoch " + plan.tenure().epoch() + " lasts that long; withdraw it with "
                    + "'admin-cli switchover --cancel'");
        }
        Duration until = agreed.at().map(at -> Duration.between(surroundings.time().now(), at)).orElse(Duration.ZERO);
        ClusterView after = run.reach(safeguards.timeout().plus(until.isNegative() ? Duration.ZERO : until));
        return end(after, run.words());
    }

    /** Withdraws whatever is pending; returns the exit code. */
    int cancel(ClusterStore store, String actor, String reason) {
        ClusterView before = store.view();
        Instant now = surroundings.time().now();
        boolean pending = before.intents().switchover().what().filter(Switchover::pending).isPresent();
        if (!pending) {
            return end(before, "no switchover is pending, nothing was changed");
        }
        String words = new Withdrawal(store, surroundings.time(), actor)
                .attempt(wish -> true, reason.isEmpty() ? "withdrawn" : reason)
                .map(wish -> "withdrew the " + WishWords.of(wish, now))
                .orElseThrow(() -> new CommandFailure(ExitCode.PRECONDITION_FAILED,
                        "nothing was withdrawn: it came too late; look with 'admin-cli members'"));
        return end(store.view(), words + "; the master is "
                + store.view().currentMaster().map(MemberView::id).map(NodeId::value).orElse("nobody"));
    }

    private int end(ClusterView view, String words) {
        surroundings.terminal().err().println(words);
        output.print(new MembersReport(view, surroundings.time().now()), surroundings.terminal());
        return ExitCode.OK.code();
    }
}
