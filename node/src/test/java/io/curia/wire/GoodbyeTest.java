package io.curia.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.wire.Lifeline.Ending;
import io.curia.wire.NoAnswerException.Kind;
import io.curia.wire.message.Goodbye;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.MessageCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** No lifeline ends on purpose without a goodbye, whichever end it is, and whatever the port is doing. */
final class GoodbyeTest extends LifelineFixture {

    private Lifeline standing() {
        Lifeline lifeline = open(node.address(), PATIENT);
        heard.awaitOpen();
        return lifeline;
    }

    @Test
    void goodbyeOfThisEndIsHeardByTheOtherAndIsTheLastEvent() throws Exception {
        Lifeline lifeline = standing();
        lifeline.close("the master has changed");
        lifeline.close("again");

        assertThat(node.nextEnded()).contains(new Goodbye("the master has changed"));
        assertThat(heard.awaitEnding()).isEqualTo(Ending.CLOSED_HERE);
        assertThat(heard.events).containsExactly("open", "closed CLOSED_HERE");
    }

    @Test
    void goodbyeOfTheOtherEndIsNoCut() {
        standing();
        node.server().sayGoodbye("asked to stop").toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();

        assertThat(heard.awaitEnding()).isEqualTo(Ending.GOODBYE);
        assertThat(heard.events).containsExactly("open", "goodbye asked to stop", "closed GOODBYE");
        assertThat(heard.cause()).hasMessageContaining("asked to stop");
    }

    @Test
    void portThatStopsSaysGoodbyeOnEveryLifelineOfBothKinds() throws Exception {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(new Heard());
            holder.server().lifelines().open(node.address(), holder.request(), PATIENT, all.get(i));
        }
        all.forEach(Heard::awaitOpen);
        Heard own = new Heard();
        node.server().lifelines().open(holder.address(), node.request(), PATIENT, own);
        own.awaitOpen();
        node.close();

        for (Heard one : all) {
            assertThat(one.awaitEnding()).isEqualTo(Ending.GOODBYE);
            assertThat(one.events).hasSize(3);
        }
        assertThat(own.awaitEnding()).isEqualTo(Ending.CLOSED_HERE);
        assertThat(own.events).containsExactly("open", "closed CLOSED_HERE");
        assertThat(holder.nextEnded()).isPresent();
    }

    @Test
    void clientThatEndsWithoutAGoodbyeIsTold() throws Exception {
        try (RawClient client = new RawClient(node.address())) {
            client.say(MessageCodec.encode(holder.request()));
            assertThat(client.hear()).isInstanceOf(LifelineReply.class);
        }
        assertThat(node.nextEnded()).isEmpty();
    }

    @Test
    void goodbyeIsNotAnsweredAndNothingAfterItIsRead() throws Exception {
        try (RawClient client = new RawClient(node.address())) {
            client.say(MessageCodec.encode(holder.request()));
            assertThat(client.hear()).isInstanceOf(LifelineReply.class);
            client.say("{\"v\":1,\"type\":\"goodbye\",\"reason\":\"bye\"}\n" + RawClient.PING);
            assertThat(client.hear()).isNull();
        }
        assertThat(node.nextEnded()).contains(new Goodbye("bye"));
        assertThat(node.pings()).isZero();
    }

    @Test
    void lifelineThatIsAskedForAfterTheGoodbyeIsToldSoAtOnce() {
        node.server().sayGoodbye("asked to stop").toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        open(node.address(), PATIENT);

        assertThat(heard.awaitEnding()).isEqualTo(Ending.GOODBYE);
        assertThat(heard.events).containsExactly("goodbye asked to stop", "closed GOODBYE");
    }

    @Test
    void nodeThatHasSaidGoodbyeStillAnswers() {
        node.server().sayGoodbye("asked to stop");

        ProbeResult seen = holder.server().probe().look(
                new InetSocketAddress("127.0.0.1", node.address().port()),
                new ProbeTimeouts(SOON, SOON)).toCompletableFuture().join();
        assertThat(seen.sight()).isEqualTo(ProbeResult.Sight.ANSWERED);
    }

    @Test
    void lifelineOpenedAfterTheOwnPortHasStoppedIsClosedHere() {
        holder.close();
        Lifeline lifeline = open(node.address(), PATIENT);
        lifeline.close("anyway");

        assertThat(heard.events).containsExactly("closed CLOSED_HERE");
    }

    @Test
    void lifelineThatIsBeingOpenedEndsOnceWithItsPort() throws IOException {
        try (ServerSocket frozen = listener()) {
            open(address(frozen), PATIENT);
            holder.close();

            assertThat(heard.awaitEnding()).isEqualTo(Ending.CLOSED_HERE);
            assertThat(heard.events).hasSize(1);
        }
    }

    @Test
    void goodbyeInTheSameBytesAsTheReplyAndTheEndIsHeard() throws IOException {
        try (ServerSocket listener = listener()) {
            open(address(listener), PATIENT);
            try (Socket accepted = listener.accept()) {
                String both = new String(reply(), UTF_8) + "{\"v\":1,\"type\":\"goodbye\",\"reason\":\"restart\"}\n";
                accepted.getOutputStream().write(both.getBytes(UTF_8));
            }
            assertThat(heard.awaitEnding()).isEqualTo(Ending.GOODBYE);
            assertThat(heard.events).containsExactly("open", "goodbye restart", "closed GOODBYE");
        }
    }

    @Test
    void goodbyeIsNotHeldUpByOneWhoDoesNotHangUp() throws Exception {
        try (RawClient client = new RawClient(node.address())) {
            client.say(MessageCodec.encode(holder.request()));
            assertThat(client.hear()).isInstanceOf(LifelineReply.class);

            node.server().sayGoodbye("asked to stop").toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(node.kept()).isZero();
        }
    }

    /** The other end may hold it by the time that this one has lost its patience. */
    @Test
    void lifelineGivenUpBeforeItStoodSaysGoodbyeToo() throws IOException {
        try (ServerSocket listener = listener()) {
            open(address(listener), AskTimeouts.of(Duration.ofMillis(300)));
            try (Socket accepted = listener.accept()) {
                String said = new String(accepted.getInputStream().readAllBytes(), UTF_8);

                assertThat(said.lines()).hasSize(2).last().asString().contains("\"goodbye\"", "no answer in time");
            }
            assertThat(heard.awaitEnding()).isEqualTo(Ending.NEVER_OPENED);
            assertThat(heard.cause().kind()).isEqualTo(Kind.TIMEOUT);
        }
    }
}
