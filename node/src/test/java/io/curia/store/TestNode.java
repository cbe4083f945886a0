package io.curia.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Grounds;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session with its observer, led by a test step by step through what a node's core would do. */
public final class TestNode {

    public final NodeSession session;
    public final RecordingObserver observer = new RecordingObserver();
    public final NodeId id;
    private Member member;

    public TestNode(NodeId id, NodeSession session) {
        this.id = id;
        this.session = session;
        session.open(observer);
    }

    /** Returns this node once it sees itself connected. */
    public TestNode connected() {
        observer.sees(id + " is connected", Observation::connected);
        return this;
    }

    /** Admits itself if need be and registers as a candidate. */
    public TestNode registered(int incarnation) {
        connected();
        if (observer.last().roster().isEmpty()) {
            await(session.admit(TestRecords.admitted(id.value())));
        }
        RosterEntry entry = observer.sees(id + " is admitted", seen -> seen.roster().isPresent()).roster().get();
        member = TestRecords.candidate(id.value(), incarnation);
        assertThat(await(session.register(member, entry.registered(member))).kind()).isEqualTo(Outcome.Kind.DONE);
        observer.sees(id + " is registered", seen -> seen.holds(member.incarnation()));
        return this;
    }

    /** Registers, and queues behind whoever does already. */
    public TestNode queued(int incarnation) {
        registered(incarnation);
        session.enterLatch();
        observer.sees(id + " queues", seen -> seen.latch().isPresent());
        return this;
    }

    /** Registers, queues, waits until it leads, and claims {@code epoch}. */
    public Tenure master(int incarnation, long epoch) {
        queued(incarnation);
        return claims(epoch);
    }

    /** Waits until it leads and claims {@code epoch}. */
    public Tenure claims(long epoch) {
        Observation leading = leads();
        Tenure tenure = TestRecords.tenure(member, epoch, leading.latch().orElseThrow().path());
        Outcome outcome = await(session.claim(tenure, leading.master().version(),
                leading.roster().orElseThrow().version(), Grounds.of(leading.intents())));
        assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.DONE);
        observer.sees(id + " sees its claim", seen -> seen.master().version() == outcome.version());
        return tenure;
    }

    /**
     * Returns what it sees when it leads and the holder of the last tenure is gone: two records, so it may well see one
     * of them first.
     */
    public Observation leadsAfterItsHolder() {
        return observer.sees(id + " leads, and the holder before it is gone",
                seen -> seen.latch().filter(LatchPlace::leading).isPresent() && !seen.holderLive());
    }

    public Observation leads() {
        return observer.sees(id + " leads", seen -> seen.latch().filter(LatchPlace::leading).isPresent());
    }

    public String place() {
        return observer.last().latch().orElseThrow().path();
    }

    public int masterVersion() {
        return observer.last().master().version();
    }

    public Member member() {
        return member;
    }

    /** Returns the outcome of a write. */
    public static Outcome await(CompletionStage<Outcome> write) {
        try {
            return write.toCompletableFuture()
                    .get(RecordingObserver.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
