package io.curia.zookeeper;

import io.curia.model.Versioned;
import io.curia.store.Outcome;
import io.curia.store.Outcome.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/**
 * One conditional transaction: all of its operations are committed, or none.
 *
 * <p>It is sent once. Curator would send it again after a lost connection, and a transaction that had been
 * committed would then fail on its own effects and be reported as a conflict; sent once, its fate is unknown, which
 * is the truth. It is not sent at all while there is no connection, so that no decision is carried out long after
 * it was taken.
 */
final class Transaction {

    private static final int ANY_VERSION = -1;

    private final List<ACL> acl;
    private final List<Op> operations = new ArrayList<>();
    private boolean fenced;

    Transaction(List<ACL> acl) {
        this.acl = acl;
    }

    Transaction check(String path, int version) {
        operations.add(Op.check(path, version));
        return this;
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
        operations.add(Op.setData(path, data, version));
        return this;
    }

    Transaction create(String path, byte[] data, CreateMode mode) {
        operations.add(Op.create(path, data, acl, mode));
        return this;
    }

    /** Replaces the record at {@code path}, or makes it if {@code version} says that it was never stored. */
    Transaction put(String path, byte[] data, int version) {
        return version == Versioned.NOT_STORED ? create(path, data, CreateMode.PERSISTENT)
                : set(path, data, version);
    }

    Transaction delete(String path, int version) {
        operations.add(Op.delete(path, version));
        return this;
    }

    Transaction delete(String path) {
        return delete(path, ANY_VERSION);
    }

    /** Sends it, if there is a connection. The outcome completes on ZooKeeper's event thread. */
    CompletableFuture<Outcome> commit(Optional<ZooKeeper> connected) {
        if (connected.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Outcome.of(Kind.UNKNOWN, "not connected to ZooKeeper; nothing was sent"));
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        connected.get().multi(operations,
                (rc, path, context, results) -> outcome.complete(outcome(Code.get(rc), results)), null);
        return outcome;
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
