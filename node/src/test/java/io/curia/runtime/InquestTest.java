package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.core.Fitness;
import io.curia.core.Obituary;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.wire.message.Vigil;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One inquest, with every look and every witness in the test's hand. */
class InquestTest implements Inquest.Surroundings {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId WITNESS = NodeId.of("w");
    private static final Member SUSPECT =
            FakeMember.member(NodeId.of("s"), Incarnation.of(1, 1), new Endpoint("10.0.0.7", 8001));
    private static final Member OTHER =
            FakeMember.member(NodeId.of("o"), Incarnation.of(1, 2), new Endpoint("10.0.0.8", 8001));

    private final BlockingQueue<CompletableFuture<Finding>> looks = new LinkedBlockingQueue<>();
    private final BlockingQueue<Obituary> posted = new LinkedBlockingQueue<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final Accusations accusations = new Accusations(NodeId.of("n1"));
    /** Stands still unless the test says so, however slow the machine is. */
    private volatile long nanos = Long.MAX_VALUE - 1_000_000;
    private final long began = nanos;
    private final Inquest inquest = new Inquest("n1", this, accusations, new WatchThread("n1", thread), () -> nanos,
            Clock.systemUTC());
    private volatile Set<NodeId> witnesses = Set.of();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean connected = true;
    private volatile boolean removed;
    /** How often an inquest came to the point of reporting. */
    private final AtomicInteger reporting = new AtomicInteger();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Override
    public CompletionStage<Finding> look(Member suspect, Optional<InetSocketAddress> at) {
        CompletableFuture<Finding> look = new CompletableFuture<>();
        looks.add(look);
        return look;
    }

    @Override
    public boolean isWorthAGlance(Member suspect) {
        return true;
    }

    @Override
    public Set<NodeId> askWitnesses(Member suspect) {
        questions.incrementAndGet();
        return witnesses;
    }

    @Override
    public Fitness fitness(int othersInDoubt) {
        return new Fitness(true, connected, true, began, othersInDoubt);
    }

    @Override
    public boolean isRemoved(Member suspect) {
        boolean said = removed;
        reporting.incrementAndGet();
        return said;
    }

    @Override
    public void post(Event.DeathVerified found) {
        posted.add(found.obituary());
    }

    private void cut(Member suspect) {
        thread.execute(() -> inquest.into(suspect, Optional.empty(), 0, Grounds.RESET, Optional.empty()));
    }

    private void cutInSecondTurn(Grounds grounds) {
        thread.execute(() -> inquest.into(SUSPECT, Optional.empty(), 1, grounds, Optional.empty()));
    }

    private void told(Optional<Finding> finding) {
        thread.execute(() -> inquest.told(WITNESS, SUSPECT.incarnation(), finding));
    }

    /** Returns the next look once the inquest waits for what it will find. */
    private CompletableFuture<Finding> nextLook() throws Exception {
        CompletableFuture<Finding> next = looks.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("a look").isNotNull();
        thread.submit(() -> { }).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return next;
    }

    private Obituary awaitObituary() throws InterruptedException {
        Obituary next = posted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("an obituary").isNotNull();
        return next;
    }

    /** Returns when the one inquest so far has come to its report, and has made it or not. */
    private void awaitReporting() throws Exception {
        Awaitility.await().atMost(PATIENCE).until(() -> reporting.get() == 1);
        thread.submit(() -> { }).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Vigil counted() {
        return accusations.vigil(0, List.of(), 0);
    }

    @Test
    void aWitnessThatSeesItAliveClearsItHoweverLateThisNodesOwnLookIs() throws Exception {
        witnesses = Set.of(WITNESS);
        cut(SUSPECT);
        CompletableFuture<Finding> look = nextLook();

        told(Optional.of(Finding.SAME));
        Awaitility.await().atMost(PATIENCE).until(() -> counted().cleared() == 1);
        look.complete(Finding.REFUSED);

        thread.submit(() -> { }).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(posted).isEmpty();
    }

    @Test
    void aWitnessThatNeverAnswersHoldsNobodyUp() throws Exception {
        witnesses = Set.of(WITNESS);
        cut(SUSPECT);
        CompletableFuture<Finding> look = nextLook();

        nanos += Duration.ofMillis(5).toNanos();
        look.complete(Finding.REFUSED);

        assertThat(awaitObituary().proven()).isTrue();
    }

    @Test
    void whoeverWasNotAskedIsNotHeard() throws Exception {
        cut(SUSPECT);
        CompletableFuture<Finding> look = nextLook();

        told(Optional.of(Finding.SAME));
        look.complete(Finding.REFUSED);

        assertThat(awaitObituary().id()).isEqualTo(SUSPECT.id());
    }

    @Test
    void aNodeThatStoodStillLooksAndAsksAgain() throws Exception {
        witnesses = Set.of(WITNESS);
        cut(SUSPECT);
        CompletableFuture<Finding> look = nextLook();
        nanos += Duration.ofSeconds(1).toNanos();

        look.complete(Finding.REFUSED);
        CompletableFuture<Finding> anew = nextLook();
        assertThat(posted).isEmpty();
        told(Optional.of(Finding.REFUSED));
        anew.complete(Finding.REFUSED);

        assertThat(awaitObituary().evidence()).contains("1 looks", "a witness found REFUSED");
    }

    @Test
    void whatStaysUnclearIsLookedAtAgain() throws Exception {
        cut(SUSPECT);
        nextLook().complete(Finding.HUNG_UP);
        nextLook().complete(Finding.HUNG_UP);
        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().evidence()).contains("3 looks");
    }

    @Test
    void whoeverHasLostZooKeeperReportsNobody() throws Exception {
        connected = false;
        cut(SUSPECT);
        nextLook().complete(Finding.REFUSED);
        awaitReporting();

        connected = true;
        cut(OTHER);
        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().id()).isEqualTo(OTHER.id());
    }

    @Test
    void whoeverLosesTwoAtOnceAndReachesNeitherReportsNeither() throws Exception {
        cut(SUSPECT);
        cut(OTHER);
        CompletableFuture<Finding> first = nextLook();
        CompletableFuture<Finding> second = nextLook();
        first.complete(Finding.UNREACHABLE);
        nextLook().complete(Finding.UNREACHABLE);
        second.complete(Finding.UNREACHABLE);
        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().id()).isEqualTo(OTHER.id());
        assertThat(posted).isEmpty();
    }

    @Test
    void whoeverSomebodyElseRemovedAlreadyIsNotAccused() throws Exception {
        removed = true;
        cut(SUSPECT);
        nextLook().complete(Finding.REFUSED);
        awaitReporting();
        removed = false;

        cut(OTHER);
        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().id()).isEqualTo(OTHER.id());
    }

    @Test
    void whoeverWasNeverReachedIsNoProof() throws Exception {
        thread.execute(() -> inquest.into(SUSPECT, Optional.empty(), 0, Grounds.NEVER_SEEN, Optional.empty()));

        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().proven()).isFalse();
    }

    /** A container's port refuses for a moment only. */
    @Test
    void whoComesSecondLooksAtOnceAndReportsThatInItsTurn() throws Exception {
        cutInSecondTurn(Grounds.CLOSED);
        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().beyondDoubt()).isTrue();
        assertThat(looks).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereThePortRefusesAtOnce() throws Exception {
        witnesses = Set.of(WITNESS);
        thread.execute(() -> inquest.into(SUSPECT, Optional.empty(), 0, Grounds.CLOSED, Optional.empty()));
        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().beyondDoubt()).isTrue();
        assertThat(questions).hasValue(0);
    }

    @Test
    void othersAreAskedWhereNothingIsHeardOfThePort() throws Exception {
        witnesses = Set.of(WITNESS);
        thread.execute(() -> inquest.into(SUSPECT, Optional.empty(), 0, Grounds.CLOSED, Optional.empty()));
        nextLook();

        Awaitility.await().atMost(PATIENCE).until(() -> questions.get() == 1);
    }

    /** It died right after it became master, and this node is the next. */
    @Test
    void whoeverIsNextByNowReportsAtOnce() throws Exception {
        thread.execute(() -> inquest.into(SUSPECT, Optional.empty(), 8, Grounds.CLOSED, Optional.empty()));
        nextLook().complete(Finding.REFUSED);
        thread.submit(() -> inquest.reconsider(id -> 1)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(posted).isEmpty();

        thread.submit(() -> inquest.reconsider(id -> id.equals(SUSPECT.id()) ? 0 : 1))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(posted).hasSize(1);
    }

    /** Whoever was to act first may be dead as well. */
    @Test
    void twoDeathsAtOnceAreNobodysTurn() throws Exception {
        cutInSecondTurn(Grounds.RESET);
        nextLook().complete(Finding.SILENT);
        thread.execute(() -> inquest.into(OTHER, Optional.empty(), 2, Grounds.CLOSED, Optional.empty()));
        nextLook().complete(Finding.REFUSED);

        assertThat(awaitObituary().id()).isEqualTo(OTHER.id());
    }

    @Test
    void whatIsNoProofIsLookedIntoAnewInTurn() throws Exception {
        cutInSecondTurn(Grounds.RESET);
        nextLook().complete(Finding.REFUSED);

        nextLook().complete(Finding.SAME);

        Awaitility.await().atMost(PATIENCE).until(() -> counted().cleared() == 1);
        assertThat(posted).isEmpty();
    }

    @Test
    void whoComesSecondReportsNobodyWhoIsRemovedByThen() throws Exception {
        removed = true;
        cutInSecondTurn(Grounds.CLOSED);
        nextLook().complete(Finding.REFUSED);

        awaitReporting();
        assertThat(posted).isEmpty();
    }
}
