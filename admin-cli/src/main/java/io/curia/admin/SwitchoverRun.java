package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Ending;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.MemberView;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** A switchover from the request to the moment when the cluster shows who is master, and the words for it. */
final class SwitchoverRun {

    /** How long a master that is to be forced is given to hand over in order. */
    private static final Duration COURTESY = Duration.ofSeconds(3);

    private static final String LOOK = "; look with 'admin-cli members'";

    private final ClusterStore store;
    private final Time time;
    private final SwitchoverRequest request;
    private final String id = UUID.randomUUID().toString();
    private Optional<Switchover> ordered = Optional.empty();
    private String lacking = "";
    private boolean missed;
    private Optional<ClusterView> last = Optional.empty();

    SwitchoverRun(ClusterStore store, Time time, SwitchoverRequest request) {
        this.store = store;
        this.time = time;
        this.request = request;
    }

    /** Has the request stored; returns it as stored. Throws if it cannot be done, or every attempt met a conflict. */
    Switchover order(Deadline deadline) throws InterruptedException {
        ConditionalWrite write = ConditionalWrite.ofIntent(() -> isMine(store.intents()));
        for (int conflicts = 0; conflicts < ConditionalWrite.MOST_CONFLICTS; conflicts++) {
            SwitchoverPlan plan = SwitchoverPlan.of(request, store.view(), store.intents(), now());
            plan.refuseUnlessAllowed();
            Switchover wish = plan.wish(id);
            if (write.attempt(() -> store.putSwitchover(plan.intents().switchover().saying(wish),
                    plan.view().master().version()), deadline)) {
                ordered = Optional.of(wish);
                return wish;
            }
        }
        throw ConditionalWrite.givenUp();
    }

    /**
     * Returns the cluster as seen once the right one is master.
     *
     * @throws CommandFailure if another one is, or it did not happen within {@code allowed}; then it is withdrawn
     */
    ClusterView reach(Duration allowed) throws InterruptedException {
        Deadline deadline = Deadline.after(allowed, time);
        order(deadline);
        if (request.force()) {
            Optional<ClusterView> inOrder = await(Deadline.after(min(COURTESY, allowed.dividedBy(2)), time));
            if (inOrder.isPresent()) {
                return inOrder.get();
            }
            depose(deadline);
        }
        return await(deadline).orElseThrow(() -> tooLate(allowed));
    }

    /** Withdraws what has not begun: whoever is told that it did not happen must not see it happen later. */
    private CommandFailure tooLate(Duration allowed) {
        String why = lacking + obstacle(ordered.orElseThrow());
        boolean withdrawn = new Withdrawal(store, time, request.actor())
                .attempt(found -> found.id().equals(id), "not begun within " + Age.spell(allowed)).isPresent();
        return new CommandFailure(ExitCode.NOT_CONFIRMED, (withdrawn ? "gave up after " + Age.spell(allowed)
                + " and withdrew it: " : "not confirmed within " + Age.spell(allowed) + ": ") + why
                + "; look with 'admin-cli members'");
    }

    /** Returns the cluster as it is now. */
    ClusterView view() {
        return store.view();
    }

    /**
     * Withdraws what was asked for, unless it came to something already; returns which it was, in words. For when
     * nobody waits for the outcome any more.
     */
    String abandon() {
        try {
            ClusterView view = store.view();
            return mine(view).isEmpty() ? "nothing was changed" : tooLate(view)
                    .or(() -> new Withdrawal(store, time, request.actor())
                            .attempt(found -> found.id().equals(id), "interrupted")
                            .map(wish -> "withdrew the " + WishWords.of(wish, now()) + "; " + wish.from()
                                    + " had not stepped aside"))
                    .or(() -> tooLate(store.view())).orElse("it may or may not happen") + LOOK;
        } catch (StoreException | CommandFailure e) {
            return "it could not be withdrawn (" + e.getMessage() + "), so it may or may not happen"
                    + ordered.map(wish -> " until " + Age.exactly(wish.deadline())).orElse("")
                    + "; withdraw it with 'admin-cli switchover --cancel'";
        }
    }

    private Optional<Switchover> mine(ClusterView view) {
        return view.intents().switchover().what().filter(found -> found.id().equals(id));
    }

    /** Returns what it came to before it could be withdrawn; empty if it is still to come. */
    private Optional<String> tooLate(ClusterView view) {
        Optional<Tenure> tenure = view.master().tenure();
        Optional<Switchover> wish = mine(view);
        if (wish.isEmpty() || tenure.filter(last -> last.epoch().isAfter(wish.get().fromEpoch())).isPresent()) {
            return Optional.of("too late to withdraw it: " + view.currentMaster().map(master -> master.id()
                    + " is master, epoch " + view.master().epoch()).orElse("there is no master now"));
        }
        Optional<Outcome> outcome = wish.get().outcome();
        if (outcome.filter(how -> how.end() != End.HANDED_OVER).isPresent()) {
            return outcome.map(how -> "it was " + how.end() + " by " + how.actor() + " before: " + how.detail());
        }
        return outcome.isPresent() || tenure.flatMap(Tenure::ending).isPresent()
                ? Optional.of("too late to withdraw it: " + wish.get().from() + " is master no more, and nobody has "
                        + "claimed yet") : Optional.empty();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Returns the first view in which it is done; empty once the deadline has passed. */
    private Optional<ClusterView> await(Deadline deadline) throws InterruptedException {
        try {
            ClusterView done = new Confirmation(store).await(this::missing, deadline);
            last = Optional.of(done);
            return last;
        } catch (CommandFailure e) {
            if (missed) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** It is known that it will not be as asked for. */
    private CommandFailure missed(String message) {
        missed = true;
        return new CommandFailure(ExitCode.NOT_CONFIRMED, message);
    }

    private Optional<String> missing(ClusterView view) {
        Optional<String> lack = lack(view);
        lacking = lack.orElse("");
        return lack;
    }

    private Optional<String> lack(ClusterView view) {
        Switchover wish = ordered.orElseThrow();
        Optional<Outcome> outcome = view.intents().switchover().what().filter(found -> found.id().equals(id))
                .flatMap(Switchover::outcome);
        if (view.master().epoch().isAfter(wish.fromEpoch())) {
            return lackAfter(view, wish);
        }
        if (outcome.isEmpty()) {
            return Optional.of(wish.from() + " has not stepped aside");
        }
        if (outcome.get().end() != End.HANDED_OVER) {
            throw missed("it did not happen: " + outcome.get().end() + " by " + outcome.get().actor() + ": "
                    + outcome.get().detail());
        }
        return Optional.of(wish.from() + " has stepped aside, and nobody has claimed yet");
    }

    private Optional<String> lackAfter(ClusterView view, Switchover wish) {
        Optional<MemberView> master = view.currentMaster();
        if (master.isEmpty()) {
            return Optional.of("there is no master now, epoch " + view.master().epoch() + " is over");
        }
        boolean right = wish.target().map(master.get().id()::equals)
                .orElseGet(() -> !master.get().id().equals(wish.from()));
        if (!right) {
            Tenure tenure = view.master().tenure().orElseThrow();
            throw missed("it did not end " + wish.target().map(target -> "at " + target).orElse("elsewhere")
                    + ": " + tenure.id() + " is master, epoch " + tenure.epoch() + " after " + tenure.cause()
                    + wish.target().flatMap(view::member).map(target -> "; " + target.id() + " is "
                            + target.status() + target.roster().notes().veto().map(no -> " and " + no.words())
                                    .orElse("")).orElse(""));
        }
        return Optional.empty();
    }

    /** Returns what keeps the master from handing over, as far as the records show it. */
    private String obstacle(Switchover wish) {
        Intents intents = store.intents();
        if (intents.switchover().what().filter(found -> found.id().equals(id) && found.pending()).isEmpty()) {
            return "";
        }
        SwitchoverPlan plan = new SwitchoverPlan(request, store.view(), intents, now());
        int place = wish.target().map(plan.others()::indexOf).orElse(0);
        if (place < 0) {
            return ": " + wish.target().get() + " does not queue";
        }
        return place == 0 ? "" : ": " + plan.others().get(0) + " queues before " + wish.target().get();
    }

    /** Ends the tenure over the head of a master that did not act, unless there is nothing to end any more. */
    private void depose(Deadline deadline) throws InterruptedException {
        Instant at = now();
        ConditionalWrite write = ConditionalWrite.ofIntent(() -> store.master().tenure().flatMap(Tenure::ending)
                .filter(ending -> ending.actor().equals(request.actor()) && ending.at().equals(at)).isPresent());
        for (int conflicts = 0; conflicts < ConditionalWrite.MOST_CONFLICTS; conflicts++) {
            ClusterView view = store.view();
            Switchover wish = ordered.orElseThrow();
            boolean reigns = view.currentMaster().isPresent() && view.master().epoch().equals(wish.fromEpoch());
            boolean pending = view.intents().switchover().what()
                    .filter(found -> found.id().equals(id) && found.pending()).isPresent();
            if (!reigns || !pending) {
                return;
            }
            Ending ending = new Ending(wish.cause(), false, request.actor(), request.reason(), at);
            MasterRecord ended = new MasterRecord(view.master().tenure().map(tenure -> tenure.ended(ending)),
                    view.master().version());
            if (write.attempt(() -> store.depose(view.intents().switchover(), ended), deadline)) {
                return;
            }
        }
        throw ConditionalWrite.givenUp();
    }

    private boolean isMine(Intents found) {
        return found.switchover().what().filter(wish -> wish.id().equals(id)).isPresent();
    }

    /** Whole milliseconds, as records keep them: what is read back must equal what was written. */
    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns in one line what was done; meant for after {@link #reach}. */
    String words() {
        return last.map(view -> view.currentMaster().orElseThrow().id() + " is master, epoch " + view.master().epoch()
                + " after " + view.master().tenure().orElseThrow().cause()).orElseThrow();
    }
}
