package io.curia.hooks;

import io.curia.core.Farewell;
import io.curia.health.CommandRun;
import io.curia.model.Epoch;
import io.curia.model.Role;
import io.curia.model.Tenure;
import io.curia.runtime.Mastership;
import io.curia.runtime.NodeListener;
import io.curia.runtime.NodeState;
import io.curia.runtime.Promotion;
import io.curia.runtime.PromotionCheck;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's programs when something happens to a node: one at a time, in the order in which it happened, each at
 * most once an epoch. What they do or fail to do never harms the node; only the one that is run before a promotion has
 * a say, and that one is run while the node waits for it.
 */
public final class Hooks implements NodeListener, PromotionCheck, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Hooks.class);
    /** More than this only wait if programs take longer than what happens; what is newer is told then, and lost. */
    private static final int MOST_WAITING = 64;
    private static final int LAST_CALL_SECONDS = 2;

    private final String node;
    private final HookPlan plan;
    private final Map<HookEvent, CommandRun> programs = new EnumMap<>(HookEvent.class);
    private final ThreadPoolExecutor thread;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch ended = new CountDownLatch(1);
    /** All below is the listener thread's. */
    private final Map<HookEvent, Epoch> told = new EnumMap<>(HookEvent.class);
    private Optional<Tenure> master = Optional.empty();
    private Optional<Tenure> before = Optional.empty();
    private boolean standsBy;
    private String endedFor = "";

    /**
     * Makes the hooks of a node.
     *
     * @param environment variables that every program finds besides those of this process
     * @throws IllegalArgumentException if one of the command lines is not well formed
     */
    public Hooks(String node, HookPlan plan, Map<String, String> environment) {
        this.node = node;
        this.plan = plan;
        plan.commands().forEach((event, line) -> programs.put(event,
                CommandRun.of("the " + event.words() + " hook", line, environment)));
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread created = new Thread(task, "curia-" + node + "-hooks");
                    created.setDaemon(true);
                    return created;
                });
    }

    /** Lets what has happened be told to its end, for as long as one program may take, and interrupts the rest. */
    @Override
    public void close() {
        try {
            // The node is heard to have ended a moment before its listeners are told.
            boolean heard = ended.await(LAST_CALL_SECONDS, TimeUnit.SECONDS);
            log.debug("{}: no more hooks{}", node, heard ? "" : ", and the node did not say that it ended");
            thread.shutdown();
            if (!thread.awaitTermination(plan.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<String> objection(Promotion promotion) throws InterruptedException {
        HookFacts facts = HookFacts.of(HookEvent.PRE_MASTER, clock.instant())
                .with("epoch", promotion.epoch().number()).with("cause", promotion.cause())
                .with("previous_master", promotion.before().map(Tenure::id))
                .with("previous_epoch", promotion.before().map(tenure -> tenure.epoch().number()))
                .with("previous_address", promotion.before().map(Tenure::address));
        Optional<String> problem = run(HookEvent.PRE_MASTER, facts);
        return problem.map(why -> "the pre-master hook forbids it: " + why);
    }

    @Override
    public void onState(NodeState state) {
        Optional<Tenure> now = state.currentMaster();
        if (now.isPresent() && !now.map(Tenure::claimId).equals(master.map(Tenure::claimId))) {
            before = master;
            master = now;
            tell(HookEvent.CHANGE, now.get().epoch(), ofMaster(HookEvent.CHANGE, now.get()));
        }
        if (state.role() == Role.MASTER) {
            standsBy = false;
        } else if (state.role() == Role.STANDBY && !standsBy) {
            standsBy = true;
            HookFacts facts = HookFacts.of(HookEvent.STANDBY, clock.instant()).with("epoch", state.epoch().number());
            tell(HookEvent.STANDBY, state.epoch(), facts.with("reason", endedFor)
                    .with("master", now.map(Tenure::id)).with("master_address", now.map(Tenure::address)));
            endedFor = "";
        }
    }

    private HookFacts ofMaster(HookEvent event, Tenure tenure) {
        return HookFacts.of(event, clock.instant()).with("epoch", tenure.epoch().number())
                .with("cause", tenure.cause()).with("master", tenure.id()).with("master_address", tenure.address())
                .with("previous_master", before.map(Tenure::id))
                .with("previous_epoch", before.map(last -> last.epoch().number()));
    }

    @Override
    public void onMaster(Mastership mastership) {
        Tenure own = mastership.tenure();
        // This may be heard before the record is seen.
        if (!master.map(Tenure::claimId).equals(Optional.of(own.claimId()))) {
            before = master;
            master = Optional.of(own);
            tell(HookEvent.CHANGE, own.epoch(), ofMaster(HookEvent.CHANGE, own));
        }
        tell(HookEvent.MASTER, own.epoch(),
                ofMaster(HookEvent.MASTER, own).with("cluster_uuid", mastership.clusterUuid()));
    }

    @Override
    public void onMastershipEnding(Mastership mastership, boolean planned, String reason) {
        endedFor = reason;
        standsBy = false;
    }

    @Override
    public void onEnded(Farewell farewell) {
        if (farewell.kind() == Farewell.Kind.EVICTED) {
            Epoch epoch = master.map(Tenure::epoch).orElse(Epoch.NONE);
            tell(HookEvent.EVICTED, epoch, HookFacts.of(HookEvent.EVICTED, clock.instant())
                    .with("epoch", epoch.number()).with("reason", farewell.detail()));
        }
        ended.countDown();
    }

    private void tell(HookEvent event, Epoch epoch, HookFacts facts) {
        boolean known = epoch.equals(told.put(event, epoch));
        if (known || !programs.containsKey(event)) {
            return;
        }
        try {
            thread.execute(() -> {
                try {
                    run(event, facts);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (RejectedExecutionException e) {
            log.warn("{}: the {} hook of epoch {} is not run: too many wait already", node, event.words(), epoch);
        }
    }

    /** Returns why it failed, if it did. */
    private Optional<String> run(HookEvent event, HookFacts facts) throws InterruptedException {
        long begun = System.nanoTime();
        CommandRun.Result result = programs.get(event).run(facts.json(), facts.environment(), plan.timeout());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        Optional<String> problem = result.problem();
        if (problem.isPresent()) {
            log.warn("{}: the {} hook failed after {} ms: {}", node, event.words(), millis, problem.get());
        } else {
            log.info("{}: the {} hook took {} ms{}", node, event.words(), millis,
                    result.words().isEmpty() ? "" : ": " + result.words());
        }
        return problem;
    }
}
