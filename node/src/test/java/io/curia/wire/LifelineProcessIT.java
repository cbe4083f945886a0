package io.curia.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.curia.wire.Lifeline.Ending;
import io.curia.wire.ProbeResult.Sight;
import io.curia.wire.message.LifelineReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lifelines and probes show of a real process that ends, is killed, or is frozen. */
final class LifelineProcessIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AskTimeouts PATIENT = AskTimeouts.of(SOON);
    private static final ProbeTimeouts HASTY = new ProbeTimeouts(Duration.ofMillis(100), Duration.ofMillis(100));
    private static final int KILLS = 5;
    private static final int MANY_PAIRS = 2_000;

    private LifelineNode watcher;

    @BeforeEach
    void start() {
        watcher = LifelineNode.start("n1");
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    /** Looks again and again at an address from the moment its lifeline is cut, until it is refused or answers. */
    private final class Chase implements Lifeline.Listener {
        private final CompletableFuture<InetSocketAddress> opened = new CompletableFuture<>();
        private final CompletableFuture<Sight> result = new CompletableFuture<>();
        private final Map<Sight, Integer> sights = new EnumMap<>(Sight.class);
        private volatile Ending ending;

        @Override
        public void onOpen(LifelineReply reply, InetSocketAddress at) {
            opened.complete(at);
        }

        @Override
        public void onClosed(Ending how, NoAnswerException cause) {
            ending = how;
            look();
        }

        private void look() {
            watcher.server().probe().look(opened.join(), HASTY).thenAccept(seen -> {
                sights.merge(seen.sight(), 1, Integer::sum);
                if (seen.sight() == Sight.HUNG_UP || seen.sight() == Sight.SILENT) {
                    look();
                } else {
                    result.complete(seen.sight());
                }
            });
        }

        /** Returns what it came to when {@code program} was killed while the lifeline stood. */
        Chase ofKilled(LifelineProgram program) {
            watcher.server().lifelines().open(program.address(), watcher.request(), PATIENT, this);
            opened.orTimeout(20, TimeUnit.SECONDS).join();
            program.kill();
            result.orTimeout(20, TimeUnit.SECONDS).join();
            return this;
        }
    }

    private Heard open(LifelineProgram program) {
        Heard heard = new Heard();
        watcher.server().lifelines().open(program.address(), watcher.request(), PATIENT, heard);
        heard.awaitOpen();
        return heard;
    }

    private ProbeResult look(InetSocketAddress at, ProbeTimeouts timeouts) {
        return watcher.server().probe().look(at, timeouts).toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** A stop signal takes effect thread by thread, and what has been read may still be answered. */
    private void awaitSilent(InetSocketAddress at) {
        await().atMost(SOON).until(() -> look(at, HASTY).sight() == Sight.SILENT);
    }

    @Test
    void processThatEndsOnPurposeSaysGoodbyeFirst() throws IOException {
        try (LifelineProgram program = LifelineProgram.start(LifelineNode.FIRST, 0, 0)) {
            Heard heard = open(program);
            program.askToStop();

            assertThat(heard.awaitEnding()).isEqualTo(Ending.GOODBYE);
            assertThat(heard.events).containsExactly("open", "goodbye asked to stop", "closed GOODBYE");
        }
    }

    @Test
    void killedProcessCutsItsLifelineAndIsRefusedInTheEnd() throws IOException {
        for (int kills = 0; kills < KILLS; kills++) {
            try (LifelineProgram program = LifelineProgram.start(LifelineNode.FIRST, 0, 0)) {
                Chase chase = new Chase().ofKilled(program);

                assertThat(chase.ending).isEqualTo(Ending.CUT);
                assertThat(chase.result).isCompletedWithValue(Sight.REFUSED);
            }
        }
    }

    /** The kernel closes sockets one by one: until it comes to the port, connections are accepted, and then reset. */
    @Test
    void dyingProcessWithManySocketsMayAcceptBeforeItIsRefused() throws IOException {
        try (LifelineProgram program = LifelineProgram.start(LifelineNode.FIRST, 0, MANY_PAIRS)) {
            Chase chase = new Chase().ofKilled(program);

            assertThat(chase.ending).isEqualTo(Ending.CUT);
            assertThat(chase.result).isCompletedWithValue(Sight.REFUSED);
            assertThat(chase.sights).doesNotContainKeys(Sight.ANSWERED, Sight.UNREACHABLE, Sight.STRANGER);
        }
    }

    @Test
    void frozenProcessCutsNothingAndIsSilentUntilItGoesOn() throws Exception {
        try (LifelineProgram program = LifelineProgram.start(LifelineNode.FIRST, 0, 0)) {
            Heard heard = open(program);
            program.signal("STOP");

            awaitSilent(heard.at());
            assertThat(heard.hasEnded()).isFalse();
            program.signal("CONT");
            assertThat(look(heard.at(), new ProbeTimeouts(SOON, SOON)).sight()).isEqualTo(Sight.ANSWERED);
            assertThat(heard.events).containsExactly("open");
        }
    }

    @Test
    void frozenProcessThatIsKilledIsCutLikeAnyOther() throws Exception {
        try (LifelineProgram program = LifelineProgram.start(LifelineNode.FIRST, 0, 0)) {
            Heard heard = open(program);
            program.signal("STOP");
            awaitSilent(heard.at());
            program.kill();

            assertThat(heard.awaitEnding()).isEqualTo(Ending.CUT);
        }
    }

    @Test
    void processStartedAgainOnThePortAnswersAsAnotherIncarnation() throws IOException {
        InetSocketAddress at;
        try (LifelineProgram first = LifelineProgram.start(LifelineNode.FIRST, 0, 0)) {
            Heard heard = open(first);
            at = heard.at();
            first.kill();
            assertThat(heard.awaitEnding()).isEqualTo(Ending.CUT);
        }
        try (LifelineProgram second = LifelineProgram.start(LifelineNode.SECOND, at.getPort(), 0)) {
            ProbeResult seen = look(at, new ProbeTimeouts(SOON, SOON));

            assertThat(second.address().port()).isEqualTo(at.getPort());
            assertThat(seen.pong().orElseThrow().incarnation()).isEqualTo(LifelineNode.SECOND);
        }
    }
}
