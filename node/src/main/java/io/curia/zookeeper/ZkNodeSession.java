package io.curia.zookeeper;

import io.curia.model.Happening;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.FencedWrite;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;

/** A node's session with ZooKeeper: its conditional transactions here, what it sees in {@link ObservationLoop}. */
final class ZkNodeSession implements NodeSession {

    /** What the servers take in one request, less room for everything that is not data. */
    private static final int MAX_FENCED_BYTES = 512 * 1024;

    private final NodeId self;
    private final NodeLink link;
    private final ZnodePaths paths;
    private final KnownPlaces places = new KnownPlaces();
    private final ObservationLoop loop;
    private final AtomicBoolean opened = new AtomicBoolean();

    ZkNodeSession(NodeId self, NodeLink link, ZooKeeperSettings settings) {
        this.self = self;
        this.link = link;
        this.paths = ZnodePaths.of(settings);
        this.loop = new ObservationLoop(self, link, settings, places);
    }

    @Override
    public void open(Observer observer) {
        if (!opened.compareAndSet(false, true)) {
            throw new IllegalStateException("session of node " + self + ": opened twice (expected: once)");
        }
        loop.open(observer);
    }

    @Override
    public void observe() {
        loop.request();
    }

    @Override
    public void rest(Duration time) {
        loop.rest(Optional.of(time));
    }

    @Override
    public CompletionStage<Outcome> admit(RosterEntry entry) {
        return commit(put(transaction(), paths, entry));
    }

    @Override
    public CompletionStage<Outcome> register(Member member, RosterEntry entry, List<Happening> happenings) {
        return commit(put(transaction(), paths, entry)
                .create(paths.live(member.id()), RecordCodec.encode(member), CreateMode.EPHEMERAL)
                .note(paths, happenings));
    }

    @Override
    public CompletionStage<Outcome> enterLatch() {
        boolean asked = loop.post(loop::enterLatch);
        return CompletableFuture.completedFuture(asked ? Outcome.done(0) : closed());
    }

    @Override
    public CompletionStage<Outcome> withdrawLatch() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        boolean asked = loop.post(() -> {
            loop.dropLatch();
            outcome.complete(Outcome.done(0));
        });
        return asked ? outcome : CompletableFuture.completedFuture(closed());
    }

    @Override
    public CompletionStage<Outcome> claim(Claim claim, List<Happening> happenings) {
        if (claim.takeover().isPresent()) {
            loop.hurry();
        }
        return commit(claim(transaction(), paths, claim).note(paths, happenings));
    }

    /** Adds the making of {@code claim}. */
    static Transaction claim(Transaction transaction, ZnodePaths paths, Claim claim) {
        Tenure tenure = claim.tenure();
        transaction.check(tenure.latchPath()).check(paths.roster(tenure.id()), claim.rosterVersion());
        checkIfStored(transaction, paths.pause(), claim.grounds().pauseVersion());
        checkIfStored(transaction, paths.switchover(), claim.grounds().switchoverVersion());
        transaction.set(paths.master(), RecordCodec.encode(tenure), claim.masterVersion());
        claim.takeover().ifPresent(over -> {
            transaction.delete(over.ended().latchPath());
            over.settled().ifPresent(switchover -> put(transaction, paths, switchover));
        });
        return transaction;
    }

    private static void checkIfStored(Transaction transaction, String path, int version) {
        if (version != Versioned.NOT_STORED) {
            transaction.check(path, version);
        }
    }

    @Override
    public CompletionStage<Outcome> renew(Tenure tenure, int masterVersion) {
        return transaction().check(tenure.latchPath()).check(paths.master(), masterVersion).commit(link.connected());
    }

    @Override
    public CompletionStage<Outcome> end(Tenure ended, int masterVersion, List<Happening> happenings) {
        return commit(transaction().set(paths.master(), RecordCodec.encode(ended), masterVersion)
                .note(paths, happenings));
    }

    /**
     * The transaction removes the place; what is left of the latch must not queue anew. Only afterwards: closed
     * before, the latch would give the place up by itself and the successor would find the tenure not ended.
     */
    @Override
    public CompletionStage<Outcome> stepAside(Tenure ended, int masterVersion,
            Optional<Versioned<Switchover>> settled, List<Happening> happenings) {
        Transaction transaction = transaction()
                .set(paths.master(), RecordCodec.encode(ended), masterVersion)
                .delete(ended.latchPath())
                .note(paths, happenings);
        settled.ifPresent(switchover -> put(transaction, paths, switchover));
        return commit(transaction, loop::dropLatch);
    }

    @Override
    public CompletionStage<Outcome> settle(Versioned<Switchover> settled, int masterVersion,
            List<Happening> happenings) {
        return commit(put(transaction().check(paths.master(), masterVersion), paths, settled)
                .note(paths, happenings));
    }

    @Override
    public CompletionStage<Outcome> leave(Leaving leaving) {
        Transaction transaction = put(transaction(), paths, leaving.departed()).delete(paths.live(self))
                .note(paths, leaving.happenings());
        leaving.latchPath().ifPresent(transaction::delete);
        leaving.ended().ifPresent(ended -> transaction.set(paths.master(), RecordCodec.encode(ended.tenure()),
                ended.masterVersion()));
        loop.rest(Optional.empty());
        return commit(transaction, loop::retire).whenComplete((outcome, failure) -> {
            if (failure != null || !outcome.isDone()) {
                loop.goOn();
            }
        });
    }

    @Override
    public CompletionStage<Removed> remove(List<Removal> removals, Optional<Claim> claim) {
        Optional<ZooKeeper> zk = link.connected();
        if (claim.isPresent()) {
            loop.hurry();
        }
        return new RemovalTransaction(paths, self, link.acl(), Removal.require(self, removals), claim, places)
                .commit(zk, left -> loop.learn(zk.orElseThrow(), left, () -> { }));
    }

    @Override
    public CompletionStage<Outcome> fenced(int masterVersion, List<FencedWrite> writes) {
        int bytes = writes.stream().mapToInt(write -> write.data().length + write.path().length()).sum();
        if (bytes > MAX_FENCED_BYTES) {
            throw new IllegalArgumentException(
                    "fenced writes: " + bytes + " bytes (expected: at most " + MAX_FENCED_BYTES + ")");
        }
        Transaction transaction = transaction().fence(paths.master(), masterVersion);
        for (FencedWrite write : writes) {
            switch (write.operation()) {
                case CREATE -> transaction.create(write.path(), write.data(), CreateMode.PERSISTENT);
                case SET -> transaction.set(write.path(), write.data(), write.version());
                case DELETE -> transaction.delete(write.path(), write.version());
                case CHECK -> transaction.check(write.path(), write.version());
            }
        }
        return transaction.commit(link.connected());
    }

    /** Adds the storing of {@code entry} at the version it carries. */
    static Transaction put(Transaction transaction, ZnodePaths paths, RosterEntry entry) {
        return transaction.put(paths.roster(entry.id()), RecordCodec.encode(entry), entry.version());
    }

    /** Adds the storing of {@code switchover} at the version it carries. */
    static Transaction put(Transaction transaction, ZnodePaths paths, Versioned<Switchover> switchover) {
        return transaction.put(paths.switchover(), IntentCodec.encodeSwitchover(switchover.what()),
                switchover.version());
    }

    private Transaction transaction() {
        return new Transaction(link.acl());
    }

    private CompletableFuture<Outcome> commit(Transaction transaction) {
        return commit(transaction, () -> { });
    }

    /** What it leaves behind is seen without another look. */
    private CompletableFuture<Outcome> commit(Transaction transaction, Runnable onCommitted) {
        Optional<ZooKeeper> zk = link.connected();
        return transaction.commit(zk, left -> loop.learn(zk.orElseThrow(), left, onCommitted));
    }

    private static Outcome closed() {
        return Outcome.of(Outcome.Kind.UNKNOWN, "the session was closed");
    }

    @Override
    public void close() {
        loop.close();
        link.close();
    }
}
