package io.curia.health;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a check at its intervals, one at a time, and tells whenever the verdict changes; first, after the first check.
 *
 * <p>One thread keeps the time and the count, another runs the check: one that hangs is interrupted when its time is
 * up, and no other is begun before it has returned, but the failures count on.
 */
public final class HealthGate implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthGate.class);
    private static final long LAST_ACTS_SECONDS = 1;

    private final String name;
    private final HealthCheck check;
    private final HealthSettings settings;
    private final Consumer<Optional<String>> whenChanged;
    private final Hysteresis hysteresis;
    private final ScheduledExecutorService clock;
    private final ExecutorService checks;
    private boolean answered;
    /** The check that has not returned yet. Only the clock's thread touches this and what is above. */
    private Attempt running;

    /** One check, which may be told to hurry before it has begun, while it runs, or when it is over. */
    private static final class Attempt {

        private Thread thread;
        private boolean late;

        synchronized void begun() {
            thread = Thread.currentThread();
            if (late) {
                thread.interrupt();
            }
        }

        synchronized void hurry() {
            late = true;
            if (thread != null) {
                thread.interrupt();
            }
        }

        /** From here on no interrupt for this check can hit the next one. */
        synchronized void over() {
            thread = null;
            // Whether it was set or not, it was meant for this check.
            Thread.interrupted();
        }
    }

    private HealthGate(String name, HealthCheck check, HealthSettings settings,
            Consumer<Optional<String>> whenChanged) {
        this.name = name;
        this.check = check;
        this.settings = settings;
        this.whenChanged = whenChanged;
        this.hysteresis = new Hysteresis(settings.rise(), settings.fall());
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("curia-" + name + "-health"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.clock = timer;
        this.checks = Executors.newSingleThreadExecutor(named("curia-" + name + "-check"));
    }

    private static ThreadFactory named(String threadName) {
        return task -> {
            Thread created = new Thread(task, threadName);
            created.setDaemon(true);
            return created;
        };
    }

    /**
     * Returns a gate that makes its first check at once.
     *
     * @param name whose, for the names of its threads and for its log
     * @param whenChanged told why the program is unfit, or nothing if it is fit; on a thread of the gate's
     */
    public static HealthGate open(String name, HealthCheck check, HealthSettings settings,
            Consumer<Optional<String>> whenChanged) {
        HealthGate gate = new HealthGate(name, check, settings, whenChanged);
        gate.clock.scheduleAtFixedRate(gate::begin, 0, settings.interval().toNanos(), TimeUnit.NANOSECONDS);
        return gate;
    }

    /** Makes a check now, besides those that fall due; for whoever knows that something has changed. */
    public void checkNow() {
        submit(clock, this::begin);
    }

    private void begin() {
        if (running != null) {
            if (answered) {
                take(Optional.of("the check before has not returned"));
            }
            return;
        }
        answered = false;
        ScheduledFuture<?> deadline = clock.schedule(this::outOfTime, settings.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        Attempt attempt = new Attempt();
        running = attempt;
        submit(checks, () -> {
            attempt.begun();
            Optional<String> problem = ask();
            attempt.over();
            submit(clock, () -> returned(deadline, problem));
        });
    }

    /** Runs the user's check; whatever it throws is an answer. */
    private Optional<String> ask() {
        try {
            return check.problem();
        } catch (InterruptedException e) {
            // Only this gate interrupts it, for being late or because the gate is closed; the flag has served.
            return Optional.of("the check was interrupted");
        } catch (Exception | Error e) {
            log.debug("{}: the health check threw", name, e);
            return Optional.of(e.toString());
        }
    }

    private void outOfTime() {
        if (running != null && !answered) {
            answered = true;
            running.hurry();
            take(Optional.of("no answer within " + settings.timeout().toMillis() + " ms"));
        }
    }

    private void returned(ScheduledFuture<?> deadline, Optional<String> problem) {
        deadline.cancel(false);
        running = null;
        if (!answered) {
            answered = true;
            take(problem);
        }
    }

    private void take(Optional<String> problem) {
        if (hysteresis.answered(problem)) {
            log.info("{}: {}", name, problem.map(why -> "not fit to be master: " + why).orElse("fit to be master"));
            whenChanged.accept(problem);
        }
    }

    private void submit(ExecutorService thread, Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nobody wants to know any more.
            log.debug("{}: a check ended after its gate", name, e);
        }
    }

    /**
     * Makes no further check, interrupts the one that runs, and gives it a second to clean up after itself. Nothing
     * is told of what it says.
     */
    @Override
    public void close() {
        clock.shutdownNow();
        checks.shutdownNow();
        try {
            if (!checks.awaitTermination(LAST_ACTS_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{}: the health check goes on though its gate is closed", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
