package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Role;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who opens its lifelines at once after a change, and who has time. */
class RelinkingTest {

    private static final long PATIENCE_SECONDS = 20;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final Relinking relinking = new Relinking(new WatchThread("n1", thread), () -> done.add("relinked"));

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    private static NodeState in(Role role, MemberKind kind, OptionalInt ahead) {
        return new NodeState(NodeId.of("n1"), kind, role, new Epoch(1), Incarnation.of(7, 0),
                new Endpoint("127.0.0.1", 1), true, Optional.of(WatchStage.CLUSTER), ahead, Optional.empty(),
                MasterRecord.VACANT, false);
    }

    private static NodeState standby(int ahead) {
        return in(Role.STANDBY, MemberKind.CANDIDATE, OptionalInt.of(ahead));
    }

    @Test
    void theFirstFewDoAtOnceAndTheOthersOneAfterTheOther() {
        assertThat(Relinking.delayMillis(standby(1))).isEqualTo(Relinking.AFTERWARDS_MILLIS);
        assertThat(Relinking.delayMillis(standby(8))).isEqualTo(Relinking.AFTERWARDS_MILLIS);
        assertThat(Relinking.delayMillis(standby(9))).isEqualTo(1_000);
        assertThat(Relinking.delayMillis(standby(100))).isEqualTo(2_500);
        assertThat(Relinking.delayMillis(standby(100_000))).isEqualTo(10_000);
    }

    @Test
    void whoDoesNotQueueDoesAtOnceUnlessItIsAboutTo() {
        OptionalInt nowhere = OptionalInt.empty();

        assertThat(Relinking.delayMillis(in(Role.STANDBY, MemberKind.CANDIDATE, nowhere))).isEqualTo(1_000);
        assertThat(Relinking.delayMillis(in(Role.STANDBY, MemberKind.OBSERVER, nowhere)))
                .isEqualTo(Relinking.AFTERWARDS_MILLIS);
        assertThat(Relinking.delayMillis(in(Role.DETACHED, MemberKind.CANDIDATE, nowhere)))
                .isEqualTo(Relinking.AFTERWARDS_MILLIS);
    }

    /** Everybody before it may go at once. */
    @Test
    void whoComesToTheFrontDoesNotWaitForWhatItWasToDoLater() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        thread.submit(() -> {
            begun.countDown();
            busy.await();
            return null;
        });
        begun.await();
        relinking.after(standby(400));
        relinking.after(standby(401));
        relinking.after(standby(1));
        relinking.after(standby(1));
        assertThat(thread.getQueue()).as("once soon, once later").hasSize(2);

        busy.countDown();

        assertThat(done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("relinked");
        assertThat(done).isEmpty();
        assertThat(thread.getQueue()).as("what it was to do later").hasSize(1);
        relinking.after(standby(1));
        assertThat(done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("relinked");
    }
}
