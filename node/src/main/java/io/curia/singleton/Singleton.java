package io.curia.singleton;

import io.curia.runtime.ClusterNode;
import io.curia.runtime.Mastership;
import io.curia.runtime.NodeListener;
import io.curia.singleton.ReapingPlan.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has a command run for as long as its node is master, by a {@link Keeper}, which it tells again and again until when
 * that is.
 *
 * <p>One thread of its own decides; a call of the node's that ends the duties returns when nothing of the command is
 * left. Should the keeper be lost, this ends the command itself, has the node step down, and starts another keeper.
 */
public final class Singleton implements NodeListener {

    private static final long TICK_MILLIS = 100;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** For what the records say of an ending to become known, before the worst is assumed. */
    private static final int LOOKS = 5;

    private final SingletonPlan plan;
    private final Consumer<String> say;
    private final KeeperSupply supply;
    private final ScheduledThreadPoolExecutor thread;
    private final Backoff backoff = new Backoff();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private volatile OptionalInt exitCode = OptionalInt.empty();
    private volatile ClusterNode node;
    private Optional<KeeperLink> keeper;
    private Optional<Mastership> mastership = Optional.empty();
    /** From the moment when the keeper is told to start it until the moment when it says that nothing is left. */
    private boolean running;
    /** The command's first process, once the keeper has named it. */
    private Origin origin = Origin.NONE;
    private long startedNanos;
    private long notBeforeNanos = System.nanoTime();
    private long sent;
    private long starts;
    private long heardNanos = System.nanoTime();
    private long tickedNanos = System.nanoTime();

    private Singleton(SingletonPlan plan, Consumer<String> say) throws IOException {
        this.plan = plan;
        this.say = say;
        this.supply = new KeeperSupply(plan, say);
        this.keeper = Optional.of(supply.first());
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, "curia-" + plan.id() + "-run");
            created.setDaemon(true);
            return created;
        }, new ThreadPoolExecutor.DiscardPolicy()); // What comes after the end of everything changes nothing.
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts the keeper, and returns when it is ready. The node must be told of {@link #keeperPort()}, has this among
     * its listeners, and is given to {@link #of}.
     *
     * @param say told, for people, what becomes of the command; a sentence a time
     * @throws IOException if there is no keeper to be had
     */
    public static Singleton prepare(SingletonPlan plan, Consumer<String> say) throws IOException {
        if (!Gate.isPossible()) {
            throw new IOException("a command can only be kept where there is /proc, as on Linux");
        }
        Singleton prepared = new Singleton(plan, say);
        prepared.listen();
        return prepared;
    }

    /** Begins to do what it is there for, for this node. */
    public void of(ClusterNode master) {
        node = master;
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns the port that is open for as long as anything of the command may run. */
    public int keeperPort() {
        return supply.port();
    }

    /** Returns the command's exit code, if the node ended because the command did. */
    public OptionalInt exitCode() {
        return exitCode;
    }

    /** Ends the keeper, and with it whatever may be left of the command; returns when that is done. */
    public void close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        thread.execute(() -> {
            keeper.ifPresent(kept -> {
                keeper = Optional.empty();
                try {
                    kept.close();
                } catch (IOException e) {
                    kept.kill();
                    Remains.end(plan, origin, say);
                }
            });
            closed.complete(null);
        });
        closed.join();
        thread.shutdown();
    }

    /** Has the keeper send a signal to the command's first process; without a command it is lost, and that is said. */
    public void pass(ForwardedSignal signal) {
        thread.execute(() -> {
            if (running) {
                tell("signal", signal);
            } else {
                say.accept("run: signal " + signal + " is not passed on: no command runs here");
            }
        });
    }

    @Override
    public void onMaster(Mastership begun) {
        thread.execute(() -> {
            mastership = Optional.of(begun);
            startIfDue();
        });
    }

    @Override
    public void onMastershipEnding(Mastership ending, boolean planned, String reason) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        thread.execute(() -> {
            mastership = Optional.empty();
            if (!running) {
                stopped.complete(null);
                return;
            }
            waiting.add(stopped);
            say.accept("run stopping epoch=" + ending.epoch() + ": " + reason);
            tell("stop", graceFor(ending).toNanos(), starts);
            if (!planned) {
                hurryUnlessAwaited(ending, LOOKS);
            }
        });
        stopped.join();
    }

    private void hurryUnlessAwaited(Mastership ending, int looks) {
        Aftermath after = Aftermath.of(node.state().master(), ending.tenure());
        if (after == Aftermath.SUCCESSOR_WAITS || !running) {
            return;
        }
        if (after == Aftermath.SUCCESSOR_MAY_BEGIN || looks == 0) {
            tell("stop", 0, starts);
        } else {
            thread.schedule(() -> hurryUnlessAwaited(ending, looks - 1), 1, TimeUnit.MILLISECONDS);
        }
    }

    private Duration graceFor(Mastership held) {
        return Grace.fitted(plan.grace(), held.tenure().guard());
    }

    private void tell(Object... words) {
        keeper.ifPresent(kept -> kept.send(words));
    }

    private void tick() {
        long now = System.nanoTime();
        if (now - tickedNanos > SILENCE_NANOS / 2) {
            // This process stood still: that the keeper was not heard of is no wonder.
            heardNanos = now;
        }
        tickedNanos = now;
        if (keeper.isPresent() && now - heardNanos > SILENCE_NANOS) {
            say.accept("run: the keeper does not answer and is ended");
            keeper.get().kill();
            lost(keeper.get());
            return;
        }
        tell("lease", ++sent, validUntil());
        startIfDue();
    }

    private long validUntil() {
        long now = System.nanoTime(); // Before the question, so that the answer is never too late.
        return now + mastership.map(Mastership::remaining).orElse(Duration.ZERO).toNanos();
    }

    private void startIfDue() {
        long now = System.nanoTime();
        if (running || keeper.isEmpty() || mastership.isEmpty() || now - notBeforeNanos < 0) {
            return;
        }
        Mastership held = mastership.get();
        Duration margin = Grace.margin(held.tenure().guard());
        long validUntil = validUntil();
        // What could only just begin before it had to end again is not begun.
        if (validUntil - now - margin.toNanos() - graceFor(held).toNanos() <= margin.toNanos()) {
            return;
        }
        running = true;
        starts++;
        startedNanos = now;
        tell(StartLine.of(held, validUntil, graceFor(held), margin));
    }

    private void listen() {
        KeeperLink kept = keeper.orElseThrow();
        kept.listen(words -> thread.execute(() -> hear(kept, words)), () -> thread.execute(() -> lost(kept)));
    }

    private void hear(KeeperLink from, String... words) {
        if (!keeper.equals(Optional.of(from))) {
            return;
        }
        heardNanos = System.nanoTime();
        switch (words[0]) {
            case "started" -> {
                long pid = Long.parseLong(words[2]);
                origin = ProcessTable.find(pid).map(row -> new Origin(pid, row.start())).orElse(Origin.NONE);
                say.accept("run started epoch=" + words[1] + " pid=" + words[2]);
            }
            case "gone" -> gone(words[1], Integer.parseInt(words[2]), Run.Why.valueOf(words[3]));
            // There is nothing to stop; unless that was said before the last start, of which a word is still to come.
            case "idle" -> {
                if (Long.parseLong(words[1]) == starts) {
                    over();
                }
            }
            case "ack" -> { }
            default -> say.accept("run: not understood: " + words[0]);
        }
    }

    private void over() {
        running = false;
        origin = Origin.NONE;
        waiting.forEach(stopped -> stopped.complete(null));
        waiting.clear();
    }

    private void gone(String epoch, int code, Run.Why why) {
        say.accept("run ended epoch=" + epoch + " code=" + code + why.words());
        over();
        if (why == Run.Why.EXIT && mastership.isPresent()) {
            afterExit(code);
        }
        startIfDue();
    }

    private void afterExit(int code) {
        Duration pause = backoff.after(Duration.ofNanos(System.nanoTime() - startedNanos));
        notBeforeNanos = System.nanoTime() + pause.toNanos();
        switch (plan.onExit()) {
            case RESTART -> {
                say.accept("run: starts again in " + pause.toMillis() + " ms");
                thread.schedule(this::startIfDue, pause.toNanos(), TimeUnit.NANOSECONDS);
            }
            case RELEASE -> node.stepDown("its command ended with code " + code);
            case EXIT -> {
                exitCode = OptionalInt.of(code);
                node.stop();
            }
        }
    }

    private void lost(KeeperLink which) {
        if (!keeper.equals(Optional.of(which))) {
            return;
        }
        keeper = Optional.empty();
        say.accept("run: the keeper ended; another one is started");
        // Whatever becomes of that: without its keeper it does not begin anything under this mastership any more.
        mastership = Optional.empty();
        node.stepDown("its keeper ended");
        Remains.end(plan, origin, say);
        over();
        supply.replace(started -> thread.execute(() -> began(started)), () -> {
            exitCode = OptionalInt.of(1);
            node.stop();
        });
    }

    private void began(KeeperLink started) {
        keeper = Optional.of(started);
        heardNanos = System.nanoTime();
        listen();
        startIfDue();
    }
}
