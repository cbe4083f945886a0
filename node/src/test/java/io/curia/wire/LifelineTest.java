package io.curia.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.curia.model.Endpoint;
import io.curia.wire.Lifeline.Ending;
import io.curia.wire.NoAnswerException.Kind;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lifelines over real sockets: how they stand, and that every way to end is told as what it is, once. */
final class LifelineTest extends LifelineFixture {

    private static final AskTimeouts HASTY = AskTimeouts.of(Duration.ofMillis(200));

    @Test
    void openedLifelineKnowsWhoHoldsTheOtherEndAndWhere() {
        Endpoint byName = new Endpoint("localhost", node.address().port());
        Lifeline lifeline = open(byName, PATIENT);

        LifelineReply reply = heard.awaitOpen();
        assertThat(reply.source()).isEqualTo(node.request().source());
        assertThat(reply.incarnation()).isEqualTo(LifelineNode.FIRST);
        assertThat(heard.at().getAddress().isLoopbackAddress()).isTrue();
        assertThat(heard.at().getPort()).isEqualTo(node.address().port());
        assertThat(lifeline.address()).isEqualTo(byName);
        assertThat(heard.hasEnded()).isFalse();
    }

    @Test
    void nodeOfAnotherClusterDeclines() {
        LifelineRequest mine = holder.request();
        holder.server().lifelines().open(node.address(), new LifelineRequest(mine.cluster(), "another", mine.source(),
                mine.incarnation(), mine.epoch(), true), PATIENT, heard);

        assertThat(heard.awaitEnding()).isEqualTo(Ending.NEVER_OPENED);
        assertThat(heard.cause().kind()).isEqualTo(Kind.DECLINED);
        assertThat(heard.cause()).hasMessageContainingAll(ErrorCode.INVALID.name(), "another", LifelineNode.UUID);
    }

    /** Request and reply look alike: what a mirror sends back must not count. */
    @Test
    void lifelineToOneselfNeverOpens() {
        open(holder.address(), PATIENT);

        assertThat(heard.awaitEnding()).isEqualTo(Ending.NEVER_OPENED);
        assertThat(heard.cause().kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void lifelineThatCannotBeOpenedSaysWhy() throws IOException {
        Endpoint free;
        try (ServerSocket socket = listener()) {
            free = address(socket);
            open(free, HASTY);
            assertThat(heard.awaitEnding()).isEqualTo(Ending.NEVER_OPENED);
            assertThat(heard.cause().kind()).isEqualTo(Kind.TIMEOUT);
        }
        for (Endpoint nowhere : List.of(free, new Endpoint("nobody.invalid", 8001))) {
            Heard one = new Heard();
            holder.server().lifelines().open(nowhere, holder.request(), PATIENT, one);
            assertThat(one.awaitEnding()).isEqualTo(Ending.NEVER_OPENED);
            assertThat(one.cause().kind()).isEqualTo(nowhere == free ? Kind.REFUSED : Kind.UNKNOWN_HOST);
        }
    }

    @Test
    void endWithoutAGoodbyeIsACut() throws IOException {
        for (boolean reset : new boolean[] {false, true}) {
            Heard one = new Heard();
            try (ServerSocket listener = listener()) {
                holder.server().lifelines().open(address(listener), holder.request(), PATIENT, one);
                try (Socket accepted = listener.accept()) {
                    accepted.getOutputStream().write(reply());
                    one.awaitOpen();
                    accepted.setSoLinger(reset, 0);
                }
                assertThat(one.awaitEnding()).isEqualTo(Ending.CUT);
                assertThat(one.events).containsExactly("open", "closed CUT");
            }
        }
    }

    @Test
    void nonsenseOnAStandingLifelineIsNoCut() throws IOException {
        try (ServerSocket listener = listener()) {
            open(address(listener), PATIENT);
            try (Socket accepted = listener.accept()) {
                accepted.getOutputStream().write(reply());
                heard.awaitOpen();
                accepted.getOutputStream().write("SSH-2.0\n".getBytes(UTF_8));
                assertThat(heard.awaitEnding()).isEqualTo(Ending.LOST);
                assertThat(heard.cause().kind()).isEqualTo(Kind.PROTOCOL);
            }
        }
    }

    @Test
    void listenerThatFailsIsStillToldOfTheEnd() {
        Heard told = new Heard();
        holder.server().lifelines().open(node.address(), holder.request(), PATIENT, new Lifeline.Listener() {
            @Override
            public void onOpen(LifelineReply reply, InetSocketAddress at) {
                told.onOpen(reply, at);
                throw new IllegalStateException("thrown on purpose by a test");
            }

            @Override
            public void onClosed(Ending ending, NoAnswerException cause) {
                told.onClosed(ending, cause);
                throw new IllegalStateException("thrown on purpose by a test");
            }
        });
        told.awaitOpen();
        node.close();

        assertThat(told.awaitEnding()).isEqualTo(Ending.GOODBYE);
        assertThat(told.events).containsExactly("open", "closed GOODBYE");
    }

    @Test
    void fullHouseOfStrangersNeverEndsALifeline() throws Exception {
        try (LifelineNode small = LifelineNode.start("n3", ServerLimits.DEFAULT.withMaxConnections(2))) {
            open(small.address(), PATIENT);
            heard.awaitOpen();
            try (RawClient stranger = new RawClient(small.address());
                    RawClient tooMany = new RawClient(small.address())) {
                assertThat(stranger.say(RawClient.PING).hear()).isNotNull();
                assertThat(tooMany.hearError().code()).isEqualTo(ErrorCode.BUSY);
            }
            assertThat(heard.hasEnded()).isFalse();
            small.server().sayGoodbye("done");
            assertThat(heard.awaitEnding()).isEqualTo(Ending.GOODBYE);
        }
    }

    @Test
    void pingsPassAsLongAsTheyAreAnsweredAndSilenceEndsNothing() throws Exception {
        NioEventLoopGroup group = new NioEventLoopGroup(1);
        try (HostResolver resolver = new HostResolver("test"); ServerSocket frozen = listener()) {
            Lifelines lively = new Lifelines(group.next(), resolver, Duration.ofMillis(20));
            lively.open(node.address(), holder.request(), PATIENT, heard);
            Heard toFrozen = new Heard();
            lively.open(address(frozen), holder.request(), PATIENT, toFrozen);
            try (Socket accepted = frozen.accept()) {
                accepted.getOutputStream().write(reply());
                toFrozen.awaitOpen();
                await().atMost(SOON).until(() -> node.pings() >= 10);

                byte[] sent = accepted.getInputStream().readNBytes(accepted.getInputStream().available());
                assertThat(new String(sent, UTF_8).lines().filter(line -> line.contains("\"ping\""))).hasSize(1);
                assertThat(toFrozen.hasEnded()).isFalse();
                assertThat(heard.hasEnded()).isFalse();
            }
        } finally {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void thousandLifelinesStandInLittleMemoryAndEndWithAGoodbye() {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(new Heard());
            holder.server().lifelines().open(node.address(), holder.request(), PATIENT, all.get(i));
        }
        all.forEach(Heard::awaitOpen);
        long used = usedBytes();
        assertThat(node.kept()).isEqualTo(1_000);
        node.server().sayGoodbye("done").toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        all.forEach(one -> assertThat(one.awaitEnding()).isEqualTo(Ending.GOODBYE));
        await().atMost(SOON).until(() -> node.kept() == 0);

        // Both ends are in this process, and what a test listener notes.
        assertThat((used - usedBytes()) / 1_000).as("bytes of a lifeline, both ends").isLessThan(12 * 1024);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
