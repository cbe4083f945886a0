package io.curia.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When checks are made, what becomes of those that hang or throw, and what is told. */
class HealthGateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofMinutes(30);

    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private HealthGate gate;

    @AfterEach
    void close() {
        gate.close();
    }

    private void open(HealthCheck check, Duration interval, Duration timeout, int rise, int fall) {
        gate = HealthGate.open("n1", check, new HealthSettings(interval, timeout, rise, fall),
                problem -> told.add(problem.orElse("fit")));
    }

    private String next() throws InterruptedException {
        return told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void theFirstCheckIsMadeAtOnceAndToldOf() throws InterruptedException {
        open(Optional::empty, NEVER, NEVER, 1, 1);

        assertThat(next()).isEqualTo("fit");
    }

    @Test
    void onlyChangesAreTold() throws InterruptedException {
        AtomicReference<Optional<String>> answer = new AtomicReference<>(Optional.empty());
        AtomicInteger asked = new AtomicInteger();
        open(() -> {
            asked.incrementAndGet();
            return answer.get();
        }, Duration.ofMillis(10), NEVER, 1, 1);
        assertThat(next()).isEqualTo("fit");
        int before = asked.get();
        Awaitility.await().atMost(PATIENCE).until(() -> asked.get() > before + 3);
        assertThat(told).isEmpty();

        answer.set(Optional.of("disk full"));

        assertThat(next()).isEqualTo("disk full");
    }

    @Test
    void whoeverKnowsMoreCanHaveItCheckedNow() throws InterruptedException {
        AtomicReference<Optional<String>> answer = new AtomicReference<>(Optional.empty());
        open(answer::get, NEVER, NEVER, 1, 1);
        next();
        answer.set(Optional.of("disk full"));

        // A check may still be on its way back, and one at a time is made: ask until it has been heard.
        Awaitility.await().atMost(PATIENCE).until(() -> {
            gate.checkNow();
            return !told.isEmpty();
        });

        assertThat(next()).isEqualTo("disk full");
    }

    @Test
    void whatThrowsIsUnfit() throws InterruptedException {
        open(() -> {
            throw new IllegalStateException("broken");
        }, NEVER, NEVER, 1, 1);

        assertThat(next()).isEqualTo("java.lang.IllegalStateException: broken");
    }

    @Test
    void aCheckThatHangsIsInterruptedAndUnfit() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        open(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Optional.empty();
        }, NEVER, Duration.ofMillis(20), 1, 1);

        assertThat(next()).isEqualTo("no answer within 20 ms");
        assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** It cannot be made to end, so no other is begun; but it must not pass for fit either. */
    @Test
    void aCheckThatCannotBeInterruptedCountsOnAsFailed() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        open(() -> {
            if (asked.incrementAndGet() > 1) {
                awaitUninterruptibly(release);
            }
            return Optional.empty();
        }, Duration.ofMillis(10), Duration.ofMillis(20), 1, 3);

        assertThat(next()).isEqualTo("fit");
        assertThat(next()).isEqualTo("the check before has not returned");
        assertThat(asked).hasValue(2);
        release.countDown();
        assertThat(next()).isEqualTo("fit");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                done = latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // This is the check that does not listen.
                done = false;
            }
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        open(Optional::empty, NEVER, NEVER, 1, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthSettings(Duration.ZERO, NEVER, 1, 1)).withMessageContaining("interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthSettings(NEVER, Duration.ofDays(1), 1, 1)).withMessageContaining("timeout");
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthSettings(NEVER, NEVER, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthSettings(NEVER, NEVER, 1, 0));
    }
}
