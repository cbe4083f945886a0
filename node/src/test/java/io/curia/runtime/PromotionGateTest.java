package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every question is answered once, whatever the application does. */
class PromotionGateTest {

    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Event> answers = new LinkedBlockingQueue<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    private PromotionGate gate(PromotionCheck check, Duration timeout) {
        return new PromotionGate(NodeId.of("n1"), new PromotionPlan(check, timeout), clock, answers::add);
    }

    private static Action.AskPermission question(String id) {
        return new Action.AskPermission(id, new Epoch(7), Cause.CRASH, Optional.empty());
    }

    private Optional<String> answer(String id) throws InterruptedException {
        Event.PermissionAnswered answer =
                (Event.PermissionAnswered) answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        assertThat(answer.askId()).isEqualTo(id);
        return answer.objection();
    }

    @Test
    void theApplicationIsToldWhatIsAboutToHappenAndAnswers() throws Exception {
        try (PromotionGate gate = gate(promotion -> promotion.epoch().number() == 7
                && promotion.cause() == Cause.CRASH ? Optional.empty() : Optional.of("?"), Duration.ofSeconds(20))) {
            gate.ask(question("a"));

            assertThat(answer("a")).isEmpty();
        }
    }

    @Test
    void aQuestionThatComesTwiceIsPutOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (PromotionGate gate = gate(promotion -> {
            asked.incrementAndGet();
            return Optional.empty();
        }, Duration.ofSeconds(20))) {
            gate.ask(question("a"));
            gate.ask(question("a"));
            answer("a");
            gate.ask(question("b"));
            answer("b");

            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void anExceptionIsANo() throws Exception {
        try (PromotionGate gate = gate(promotion -> {
            throw new IllegalStateException("no disk");
        }, Duration.ofSeconds(20))) {
            gate.ask(question("a"));

            assertThat(answer("a").orElseThrow()).contains("no disk");
        }
    }

    @Test
    void whoDoesNotAnswerInTimeIsInterruptedAndHasSaidNo() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (PromotionGate gate = gate(promotion -> {
            try {
                new CountDownLatch(1).await();
                return Optional.empty();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }, Duration.ofMillis(50))) {
            gate.ask(question("a"));

            assertThat(answer("a")).contains("no permission within 50 ms");
            assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(answers).isEmpty();
        }
    }
}
