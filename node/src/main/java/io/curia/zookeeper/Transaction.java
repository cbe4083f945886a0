package io.curia.zookeeper;

import io.curia.model.Happening;
import io.curia.model.Versioned;
import io.curia.store.Outcome;
import io.curia.store.Outcome.Kind;
import io.curia.zookeeper.Reads.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conditional transaction: all of its operations are committed, or none.
 *
 * <p>It is sent once. Curator would send it again after a lost connection, and a transaction that had been
 * committed would then fail on its own effects and be reported as a conflict; sent once, its fate is unknown, which
 * is the truth. It is not sent at all while there is no connection, so that no decision is carried out long after
 * it was taken.
 */
final class Transaction {

    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
    private static final int ANY_VERSION = -1;

    private final List<ACL> acl;
    private final List<Op> operations = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Op> notes = new ArrayList<>();
    private boolean fenced;

    /** What one operation leaves behind once it is committed. */
    @FunctionalInterface
    private interface Effect {
        Optional<Found> of(OpResult result, long session);
    }

    Transaction(List<ACL> acl) {
        this.acl = acl;
    }

    Transaction check(String path, int version) {
        return add(Op.check(path, version), (result, session) -> Optional.empty());
    }

    /** Requires that something stands at {@code path}. */
    Transaction check(String path) {
        return check(path, ANY_VERSION);
    }

    /** Requires {@code version} at {@code path}, and tells its failure as {@code FENCED}. To be called first. */
    Transaction fence(String path, int version) {
        if (!operations.isEmpty()) {
            throw new IllegalStateException("fence: after " + operations.size() + " operations (expected: first)");
        }
        fenced = true;
        return check(path, version);
    }

    Transaction set(String path, byte[] data, int version) {
        return add(Op.setData(path, data, version), (result, session) ->
                Optional.of(new Found(path, Code.OK, data, ((OpResult.SetDataResult) result).getStat())));
    }

    Transaction create(String path, byte[] data, CreateMode mode) {
        return add(Op.create(path, data, acl, mode), (result, session) -> {
            Stat fresh = new Stat();
            fresh.setEphemeralOwner(mode.isEphemeral() ? session : 0);
            return Optional.of(new Found(path, Code.OK, data, fresh));
        });
    }

    /** Replaces the record at {@code path}, or makes it if {@code version} says that it was never stored. */
    Transaction put(String path, byte[] data, int version) {
        return version == Versioned.NOT_STORED ? create(path, data, CreateMode.PERSISTENT)
                : set(path, data, version);
    }

    Transaction delete(String path, int version) {
        return add(Op.delete(path, version), (result, session) ->
                Optional.of(new Found(path, Code.NONODE, null, null)));
    }

    Transaction delete(String path) {
        return delete(path, ANY_VERSION);
    }

    /**
     * Records {@code happenings} in the same transaction. Their numbers are given by the server, so that no two who
     * write at once are in each other's way.
     */
    Transaction note(ZnodePaths paths, List<Happening> happenings) {
        happenings.forEach(happening -> notes.add(Op.create(paths.event(happening.type().ring()),
                RecordCodec.encode(happening), acl, CreateMode.PERSISTENT_SEQUENTIAL)));
        return this;
    }

    private Transaction add(Op operation, Effect effect) {
        operations.add(operation);
        effects.add(effect);
        return this;
    }

    /** Sends it, if there is a connection. The outcome completes on ZooKeeper's event thread. */
    CompletableFuture<Outcome> commit(Optional<ZooKeeper> connected) {
        return commit(connected, left -> { });
    }

    /**
     * Sends it, as {@link #commit(Optional)}. If it is committed, {@code onCommitted} is told first what it has left
     * behind, as if that had been read; of a znode that was created, version and owner only.
     */
    CompletableFuture<Outcome> commit(Optional<ZooKeeper> connected, Consumer<List<Found>> onCommitted) {
        if (connected.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Outcome.of(Kind.UNKNOWN, "not connected to ZooKeeper; nothing was sent"));
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        List<Op> all = new ArrayList<>(operations);
        all.addAll(notes);
        send(connected.get(), all, (code, results) -> {
            if (onlyNotesFailed(code, results)) {
                LOG.warn("the history at {} cannot be written ({}); the change is made without it",
                        notes.get(0).getPath(), Failures.words(code));
                send(connected.get(), operations, (again, plain) ->
                        finish(connected.get(), again, plain, outcome, onCommitted));
            } else {
                finish(connected.get(), code, results, outcome, onCommitted);
            }
        });
        return outcome;
    }

    private static void send(ZooKeeper zk, List<Op> all, BiConsumer<Code, List<OpResult>> answered) {
        zk.multi(all, (rc, path, context, results) -> answered.accept(Code.get(rc), results), null);
    }

    private void finish(ZooKeeper zk, Code code, List<OpResult> results, CompletableFuture<Outcome> outcome,
            Consumer<List<Found>> onCommitted) {
        if (code == Code.OK) {
            onCommitted.accept(left(results, zk.getSessionId()));
        }
        outcome.complete(outcome(code, results));
    }

    private List<Found> left(List<OpResult> results, long session) {
        return IntStream.range(0, effects.size())
                .mapToObj(i -> effects.get(i).of(results.get(i), session))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A history that somebody removed or locked must not keep a cluster from having a master. */
    private boolean onlyNotesFailed(Code code, List<OpResult> results) {
        return code != Code.OK && results != null && !Failures.isLost(code) && !operations.isEmpty()
                && failedOperation(results) >= operations.size() && failedOperation(results) < results.size();
    }

    private Outcome outcome(Code code, List<OpResult> results) {
        if (code == Code.OK) {
            return Outcome.done(writtenVersion(results));
        }
        if (results == null || Failures.isLost(code)) {
            Kind kind = Failures.isDenied(code) ? Kind.DENIED : Kind.UNKNOWN;
            return Outcome.of(kind, Failures.words(code));
        }
        int failed = failedOperation(results);
        String detail = Failures.words(code) + ": operation " + failed + " of " + operations.size()
                + (failed < operations.size() ? ", " + operations.get(failed).getPath() : "");
        if (Failures.isDenied(code)) {
            return Outcome.of(Kind.DENIED, detail);
        }
        return Outcome.of(fenced && failed == 0 ? Kind.FENCED : Kind.CONFLICT, detail);
    }

    /** The version that the first record replaced has now; one that was created has 0. */
    private static int writtenVersion(List<OpResult> results) {
        return results.stream()
                .filter(OpResult.SetDataResult.class::isInstance)
                .mapToInt(result -> ((OpResult.SetDataResult) result).getStat().getVersion())
                .findFirst()
                .orElse(0);
    }

    /** The operations before the failed one report success, those behind it that they were not looked at. */
    private static int failedOperation(List<OpResult> results) {
        int index = 0;
        while (index < results.size() && !(results.get(index) instanceof OpResult.ErrorResult error
                && error.getErr() != Code.OK.intValue()
                && error.getErr() != Code.RUNTIMEINCONSISTENCY.intValue())) {
            index++;
        }
        return index;
    }
}
