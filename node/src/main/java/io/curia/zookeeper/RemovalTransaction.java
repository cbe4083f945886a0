package io.curia.zookeeper;

import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import io.curia.store.Outcome.Kind;
import io.curia.store.StoreException;
import io.curia.zookeeper.Reads.Children;
import io.curia.zookeeper.Reads.Found;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/**
 * Takes down what dead registrations hold: read in one round trip, and one more for the places in the latch, then
 * removed in one transaction.
 *
 * <p>A registration cannot be named in a condition: a znode made anew has version 0 like the one before it. Two
 * versions vouch for it instead. The roster entry's moves with every registration, eviction and departure, so that
 * what is deleted at {@code live/<id>} is what was read there; the master record's moves with every claim, so that
 * nobody loses its registration while a tenure it has just begun stays without an ending, whose successor would then
 * not wait for its guard. Places in the latch have names that are never used again.
 *
 * <p>No {@code sync} goes ahead of the reads. What an answer from a server that lags behind could hide is a place
 * taken after this session's own, and that does not stand in the way of this session; anything else that it shows too
 * old fails the conditions.
 */
final class RemovalTransaction {

    private final ZnodePaths paths;
    private final NodeId self;
    private final List<ACL> acl;
    private final List<Removal> removals;

    RemovalTransaction(ZnodePaths paths, NodeId self, List<ACL> acl, List<Removal> removals) {
        this.paths = paths;
        this.self = self;
        this.acl = acl;
        this.removals = removals;
    }

    /** Reads and removes, if there is a connection. Completes on ZooKeeper's event thread, never exceptionally. */
    CompletableFuture<Outcome> commit(Optional<ZooKeeper> connected) {
        if (connected.isEmpty()) {
            return new Transaction(acl).commit(connected);
        }
        return prepare(connected.get()).thenCompose(prepared -> prepared
                        .map(Prepared::commit)
                        .orElseGet(() -> CompletableFuture.completedFuture(allVoid())))
                .exceptionally(RemovalTransaction::unread);
    }

    /** Completes with the transaction that removes what stands now, empty if nothing does; or exceptionally. */
    CompletableFuture<Optional<Prepared>> prepare(ZooKeeper zk) {
        // The record before the registrations: whoever claims after it was read moves the version that was read.
        CompletableFuture<Found> master = Reads.data(zk, paths.master(), null);
        CompletableFuture<List<Optional<Doomed>>> registrations = ViewRead.all(removals.stream()
                .map(removal -> Doomed.read(zk, paths, removal)).toList());
        CompletableFuture<Children> queue = Reads.children(zk, paths.latch());
        return CompletableFuture.allOf(master, registrations, queue).thenCompose(read -> {
            List<Doomed> doomed = registrations.join().stream().flatMap(Optional::stream).toList();
            if (doomed.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            MasterRecord record = record(master.join());
            return places(zk, queue.join()).thenApply(places -> Optional.of(prepared(zk, record, doomed, places)));
        });
    }

    private static MasterRecord record(Found found) {
        if (!found.orThrow().isThere()) {
            throw Failures.of(found.code(), found.path());
        }
        return RecordCodec.masterRecord(found.path(), found.data(), found.stat().getVersion());
    }

    private static CompletableFuture<List<Found>> places(ZooKeeper zk, Children queue) {
        return ViewRead.all(queue.orThrow().names().stream()
                .map(name -> Reads.data(zk, queue.path() + "/" + name, null)).toList());
    }

    /** The ending comes first: it is what whoever is next in the latch has to find. */
    private Prepared prepared(ZooKeeper zk, MasterRecord record, List<Doomed> doomed, List<Found> places) {
        Transaction transaction = new Transaction(acl);
        Optional<Tenure> ended = record.tenure().flatMap(tenure -> doomed.stream()
                .map(Doomed::removal)
                .filter(removal -> removal.ends(tenure))
                .map(removal -> tenure.ended(removal.endingBy(self)))
                .findFirst());
        ended.ifPresentOrElse(
                tenure -> transaction.set(paths.master(), RecordCodec.encode(tenure), record.version()),
                () -> transaction.check(paths.master(), record.version()));
        ended.ifPresent(tenure -> transaction.note(paths, Happening.ending(tenure, true)));
        for (Doomed each : doomed) {
            transaction.note(paths, List.of(each.removal().happening(each.entry(), self)));
            ZkNodeSession.put(transaction, paths, each.entry().departed(each.removal().departureBy(self)))
                    .delete(paths.live(each.removal().id()));
            places.stream().filter(each::queuesAt).map(Found::path).forEach(transaction::delete);
        }
        return new Prepared(zk, transaction, ended.isPresent() ? record.version() + 1 : record.version());
    }

    private Outcome allVoid() {
        return Outcome.of(Kind.CONFLICT, removals.stream()
                .map(removal -> removal.id() + "/" + removal.incarnation().abbreviated())
                .collect(Collectors.joining(", ", "not registered any more: ", "")));
    }

    /** What could not be read or understood is not removed. */
    private static Outcome unread(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (!(cause instanceof StoreException failure)) {
            throw new IllegalStateException("a removal failed for a reason that is not ZooKeeper's", cause);
        }
        Kind kind = switch (failure.kind()) {
            case UNAVAILABLE, UNKNOWN_RESULT -> Kind.UNKNOWN;
            case DENIED -> Kind.DENIED;
            case CONFLICT, FENCED, NOT_FOUND, CORRUPT -> Kind.CONFLICT;
        };
        return Outcome.of(kind, failure.getMessage() + "; nothing was removed");
    }

    /** The transaction as decided on what was read, and the version that the master record has after it. */
    record Prepared(ZooKeeper zk, Transaction transaction, int masterVersion) {

        /** Sends it, once, on the handle that everything was read with. */
        CompletableFuture<Outcome> commit() {
            return transaction.commit(Optional.of(zk))
                    .thenApply(outcome -> outcome.isDone() ? Outcome.done(masterVersion) : outcome);
        }
    }

    /** A registration that stands and is to be removed, and the session that holds it. */
    private record Doomed(Removal removal, RosterEntry entry, long session) {

        /** Completes with nothing if the removal is void. */
        static CompletableFuture<Optional<Doomed>> read(ZooKeeper zk, ZnodePaths paths, Removal removal) {
            return Reads.data(zk, paths.roster(removal.id()), null)
                    .thenCombine(Reads.data(zk, paths.live(removal.id()), null), (roster, live) -> {
                        Optional<Member> member = ZkClusterStore.member(live);
                        return ZkClusterStore.entry(roster)
                                .filter(found -> removal.concerns(found, member))
                                .map(found -> new Doomed(removal, found, live.stat().getEphemeralOwner()));
                    });
        }

        /** A restarted node may queue under the same id already: only what this session holds is taken. */
        boolean queuesAt(Found place) {
            return place.orThrow().isThere() && place.stat().getEphemeralOwner() == session
                    && Arrays.equals(place.data(), removal.id().value().getBytes(StandardCharsets.UTF_8));
        }
    }
}
