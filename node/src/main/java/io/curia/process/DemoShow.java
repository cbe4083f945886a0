package io.curia.process;

import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Member;
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import io.curia.wire.message.StatusReply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the demo shows, scene by scene: nodes come, one is master, it is killed, another is master, the first one comes
 * back. Every scene ends when the cluster's records say so, and fails if they do not in time.
 */
final class DemoShow {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long VIEW_MILLIS = 100;
    private static final long ASK_MILLIS = 2;

    private final DemoCluster cluster;
    private final ClusterStore store;
    private final StatusBoard board;
    private final CountDownLatch stopping;

    /** @param stopping reaches zero when the show must not go on */
    DemoShow(DemoCluster cluster, ClusterStore store, StatusBoard board, CountDownLatch stopping) {
        this.cluster = cluster;
        this.store = store;
        this.board = board;
        this.stopping = stopping;
    }

    /** Returns once the last scene is over; throws {@link CancellationException} if the show was stopped. */
    void play(List<NodeId> nodes) throws IOException, InterruptedException {
        board.say("Three nodes, each a process of its own, session timeout "
                + DemoCluster.SESSION_TIMEOUT.toSeconds() + " s:");
        for (NodeId id : nodes) {
            cluster.startNode(id);
        }
        ClusterView complete = showUntil(view -> view.live().size() == nodes.size()
                && view.currentMaster().isPresent());
        MemberView master = complete.currentMaster().orElseThrow();
        killMaster(master, complete);
        board.say("");
        board.say("The members now:");
        // Not live: the dead one's registration goes some milliseconds after its successor has claimed.
        watch(view -> is(view, master.id(), MemberStatus.DOWN) && view.currentMaster().isPresent(), view -> { });
        board.say("");
        board.say(master.id() + " is started again and takes its place in the queue:");
        cluster.startNode(master.id());
        showUntil(view -> view.member(master.id()).filter(member -> member.role() == MemberRole.STANDBY).isPresent());
    }

    private void killMaster(MemberView master, ClusterView before) throws InterruptedException {
        List<Endpoint> others = before.live().stream().filter(member -> !member.id().equals(master.id()))
                .flatMap(member -> member.live().map(Member::address).stream()).toList();
        try (MasterWatch watch = MasterWatch.connect(others)) {
            board.say("");
            long killed = System.nanoTime();
            long pid = cluster.killNode(master.id());
            board.say("kill -9 " + pid + ", which is " + master.id() + ", the master:");
            Optional<StatusReply> next = Optional.empty();
            while (next.isEmpty()) {
                pause(ASK_MILLIS, killed);
                next = watch.masterAfter(before.master().epoch());
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
            board.say("  " + next.get().id() + " is master, epoch " + next.get().epoch() + ", " + millis
                    + " ms after the kill");
        }
    }

    private static boolean is(ClusterView view, NodeId id, MemberStatus status) {
        return view.member(id).filter(member -> member.status() == status).isPresent();
    }

    /** Shows the members, live, until the view is as wanted, and returns it. */
    private ClusterView showUntil(Predicate<ClusterView> wanted) throws InterruptedException {
        return watch(wanted, view -> board.show(MembersTable.of(view)));
    }

    /** Does {@code meanwhile} with each view until it is as wanted, shows that one, and returns it. */
    private ClusterView watch(Predicate<ClusterView> wanted, Consumer<ClusterView> meanwhile)
            throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Optional<ClusterView> view = view();
            if (view.filter(wanted).isPresent()) {
                board.show(MembersTable.of(view.get()));
                board.leave();
                return view.get();
            }
            view.ifPresent(meanwhile);
            pause(VIEW_MILLIS, start);
        }
    }

    /** Before the first node has made the cluster's tree there is nothing to see. */
    private Optional<ClusterView> view() {
        try {
            return Optional.of(store.view());
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void pause(long millis, long sinceNanos) throws InterruptedException {
        if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
            throw new CancellationException("stopped");
        }
        if (System.nanoTime() - sinceNanos > DEADLINE.toNanos()) {
            throw new IllegalStateException("what should follow was not seen within " + DEADLINE.toSeconds() + " s");
        }
        cluster.requireAlive();
    }
}
