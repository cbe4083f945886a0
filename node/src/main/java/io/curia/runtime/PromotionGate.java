package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.NodeId;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the application before a promotion; answers every question once, in time, whatever the application does. */
final class PromotionGate implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PromotionGate.class);

    private final NodeId id;
    private final PromotionPlan plan;
    private final ScheduledExecutorService clock;
    private final Consumer<Event> post;
    private final ExecutorService thread;
    /** The question that was put last; the loop's. */
    private String asked = "";

    PromotionGate(NodeId id, PromotionPlan plan, ScheduledExecutorService clock, Consumer<Event> post) {
        this.id = id;
        this.plan = plan;
        this.clock = clock;
        this.post = post;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "curia-" + id + "-promotion");
            created.setDaemon(true);
            return created;
        });
    }

    /** Puts the question, unless it was put already. */
    void ask(Action.AskPermission ask) {
        if (ask.askId().equals(asked)) {
            return;
        }
        asked = ask.askId();
        AtomicBoolean answered = new AtomicBoolean();
        Consumer<Optional<String>> answer = objection -> {
            if (answered.compareAndSet(false, true)) {
                objection.ifPresent(why -> log.warn("{}: epoch {} is not claimed: {}", id, ask.next(), why));
                post.accept(new Event.PermissionAnswered(ask.askId(), objection));
            }
        };
        try {
            Future<?> asking = thread.submit(() -> answer.accept(
                    objection(new Promotion(id, ask.next(), ask.cause(), ask.before()))));
            ScheduledFuture<?> deadline = clock.schedule(() -> {
                answer.accept(Optional.of("no permission within " + plan.timeout().toMillis() + " ms"));
                asking.cancel(true);
            }, plan.timeout().toNanos(), TimeUnit.NANOSECONDS);
            thread.submit(() -> deadline.cancel(false));
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending, nobody is asked any more", id);
        }
    }

    /** Runs the user's check; whatever it throws is a no. */
    private Optional<String> objection(Promotion promotion) {
        try {
            return plan.check().objection(promotion);
        } catch (InterruptedException e) {
            // Only this gate interrupts it, for being late or because the node ends; the flag has served.
            return Optional.of("the check was interrupted");
        } catch (Exception | Error e) {
            log.debug("{}: the promotion check threw", id, e);
            return Optional.of(e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
