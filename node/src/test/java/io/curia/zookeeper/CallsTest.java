package io.curia.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a blocking call does when it does not get its answer. */
class CallsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @AfterEach
    void forgetInterruption() {
        Thread.interrupted();
    }

    /** Asked again without waiting, a server would have no time for anybody else. */
    @Test
    void whoIsInterruptedAsksOnceAndSaysSo() {
        AtomicInteger asked = new AtomicInteger();
        Calls calls = new Calls(new Standing(), LONG);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> calls.read(zk -> {
            asked.incrementAndGet();
            return new CompletableFuture<>();
        })).isInstanceOf(StoreException.class).hasMessageContaining("interrupted");

        assertThat(asked).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void whatIsLostWithItsConnectionIsAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        StoreException lost = new StoreException(StoreException.Kind.UNAVAILABLE, "connection lost");

        String answer = new Calls(new Standing(), LONG).read(zk -> asked.incrementAndGet() == 1
                ? CompletableFuture.failedFuture(lost) : CompletableFuture.completedFuture("found"));

        assertThat(answer).isEqualTo("found");
        assertThat(asked).hasValue(2);
    }

    /** A connection that stands; the calls here never use the handle. */
    private static final class Standing implements Link {

        @Override
        public Optional<ZooKeeper> connected() {
            return Optional.empty();
        }

        @Override
        public ZooKeeper await(Duration atMost) {
            return null;
        }

        @Override
        public void onConnected(Runnable action) {
            throw new UnsupportedOperationException("nobody listens here");
        }

        @Override
        public void close() {
        }
    }
}
