package io.curia.wire;

import static io.curia.wire.RawClient.PING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.curia.model.Endpoint;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whoever takes a node's time, memory or places, and gives nothing, takes them from nobody else. */
final class GreedyClientTest extends UnharmedPort {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration HASTE = Duration.ofMillis(300);
    private static final ServerLimits HASTY = ServerLimits.DEFAULT.withPatience(HASTE, HASTE, HASTE);

    @Test
    void halfALineAndSilenceTimesOut() throws IOException {
        try (RawClient client = new RawClient(start(HASTY, Handlers::pong))) {
            client.say("{\"v\":1,");

            assertThat(client.hearError().code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void lineThatTricklesInTimesOutThoughItNeverPauses() throws Exception {
        ServerLimits limits = ServerLimits.DEFAULT.withPatience(Duration.ofSeconds(30), Duration.ofMillis(500),
                Duration.ofSeconds(30));
        try (RawClient client = new RawClient(start(limits, Handlers::pong))) {
            CompletableFuture<ErrorCode> heard = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.hearError().code();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            client.say("{");
            await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (!heard.isDone()) {
                    client.say(" ");
                }
                return heard.isDone();
            });
            assertThat(heard).isCompletedWithValue(ErrorCode.TIMEOUT);
        }
    }

    @Test
    void silenceTimesOutBeforeTheFirstRequestAndAfterTheLast() throws IOException {
        Endpoint address = start(HASTY, Handlers::pong);
        try (RawClient mute = new RawClient(address); RawClient quiet = new RawClient(address)) {
            assertThat(quiet.say(PING).hear()).isEqualTo(Handlers.PONG);

            assertThat(mute.hearError().code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(quiet.hearError().code()).isEqualTo(ErrorCode.TIMEOUT);
        }
    }

    @Test
    void connectionOverTheLimitIsToldBusyAndTheOthersStay() throws Exception {
        Endpoint address = start(ServerLimits.DEFAULT.withMaxConnections(2), Handlers::pong);
        try (RawClient first = new RawClient(address); RawClient second = new RawClient(address)) {
            assertThat(first.say(PING).hear()).isEqualTo(Handlers.PONG);
            assertThat(second.say(PING).hear()).isEqualTo(Handlers.PONG);
            try (RawClient third = new RawClient(address)) {
                assertThat(third.hearError().code()).isEqualTo(ErrorCode.BUSY);
                assertThat(third.hear()).isNull();
            }
            assertThat(first.say(PING).hear()).isEqualTo(Handlers.PONG);
        }
        await().atMost(SOON).until(() -> {
            try (RawClient again = new RawClient(address)) {
                return again.say(PING).hear().equals(Handlers.PONG);
            }
        });
    }

    @Test
    void manyHalfLinesTogetherStayWithinTheBudgetAndShortRequestsAreStillServed() throws IOException {
        int budget = 256 * 1024;
        Endpoint address = start(ServerLimits.DEFAULT.withMaxBufferedBytes(budget), Handlers::pong);
        List<RawClient> hoarders = new ArrayList<>();
        int busy = 0;
        try {
            for (int i = 0; i < 12; i++) {
                RawClient hoarder = new RawClient(address);
                hoarders.add(hoarder);
                hoarder.say("{\"pad\":\"" + "x".repeat(60_000));
                try (RawClient other = new RawClient(address)) {
                    assertThat(other.say(PING).hear()).isEqualTo(Handlers.PONG);
                }
            }
            for (RawClient hoarder : hoarders) {
                hoarder.socket().setSoTimeout(300);
                busy += toldBusy(hoarder) ? 1 : 0;
            }
        } finally {
            for (RawClient hoarder : hoarders) {
                hoarder.close();
            }
        }
        assertThat(busy).as("of 12 that hold 60 kB each, with room for 4").isBetween(8, 11);
    }

    private static boolean toldBusy(RawClient client) throws IOException {
        try {
            return client.hearError().code() == ErrorCode.BUSY;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void clientThatDoesNotReadIsNoLongerWorkedForAndThenClosed() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        ErrorReply large = new ErrorReply(ErrorCode.OTHER, "x".repeat(1_000));
        ServerLimits limits = ServerLimits.DEFAULT.withWrite(Duration.ofMillis(500)).withMaxBufferedBytes(1L << 30);
        Endpoint address = start(limits, (request, connection) -> {
            if (answered.getAndIncrement() == 0) {
                connection.onClose(() -> closed.complete(null));
            }
            return CompletableFuture.completedFuture(large);
        });
        try (RawClient client = new RawClient(address)) {
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> askForEver(client));

            await().atMost(SOON).until(closed::isDone);
            await().atMost(SOON).until(asking::isDone);
        }
        // 1 kB each: what the system's own socket buffers hold, and 64 KiB.
        assertThat(answered).hasValueLessThan(20_000);
    }

    private static void askForEver(RawClient client) {
        byte[] many = PING.repeat(1_000).getBytes(UTF_8);
        try {
            while (true) {
                client.say(many);
            }
        } catch (IOException cutOff) {
            assertThat(cutOff).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void guestThatDoesNotReadWhatItIsSentIsCutOff() throws Exception {
        CompletableFuture<Connection> guest = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        AtomicInteger sent = new AtomicInteger();
        Endpoint address = start(ServerLimits.DEFAULT.withMaxBufferedBytes(1L << 30), (request, connection) -> {
            connection.keep();
            guest.complete(connection);
            return CompletableFuture.completedFuture(Handlers.PONG);
        });
        ErrorReply large = new ErrorReply(ErrorCode.OTHER, "x".repeat(1_000));
        try (RawClient client = new RawClient(address)) {
            client.say(PING);
            guest.join().onClose(() -> closed.complete(null));
            await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> {
                for (int i = 0; i < 200 && !closed.isDone(); i++) {
                    guest.join().send(large);
                    sent.incrementAndGet();
                }
                return closed.isDone();
            });
        }
        assertThat(sent).as("of 1 kB each, before it was cut off").hasValueLessThan(50_000);
    }

    @Test
    void twoThousandIdleConnectionsCostLittleAndStopNobody() throws IOException {
        Endpoint address = start();
        long before = usedHeap();
        List<RawClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                RawClient one = new RawClient(address);
                idle.add(one);
                if (i % 2 == 0) {
                    one.say("{\"v\":1,");
                }
                if (i % 100 == 0) {
                    try (RawClient other = new RawClient(address)) {
                        assertThat(other.say(PING).hear()).isEqualTo(Handlers.PONG);
                    }
                }
            }
            assertThat(usedHeap() - before).as("bytes for 2,000 connections, both ends").isLessThan(64L << 20);
        } finally {
            for (RawClient one : idle) {
                one.close();
            }
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
