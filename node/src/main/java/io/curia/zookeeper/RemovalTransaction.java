package io.curia.zookeeper;

import io.curia.model.Ending;
import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Claim;
import io.curia.store.NodeSession.Removal;
import io.curia.store.NodeSession.Removed;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/**
 * Takes down what dead registrations hold: read in one round trip, and one more for places in the latch that are
 * not known yet, then removed in one transaction.
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
 *
 * <p>Whoever has nobody ahead of it once these are gone may claim in the same transaction. It is the first in the queue
 * by the order in which ZooKeeper commits: places ahead of its own were all taken before its own, so none can be
 * missing where its own is listed, and all of them go with this transaction or it fails.
 */
final class RemovalTransaction {

    private final ZnodePaths paths;
    private final NodeId self;
    private final List<ACL> acl;
    private final List<Removal> removals;
    private final Optional<Claim> claim;
    private final KnownPlaces places;

    RemovalTransaction(ZnodePaths paths, NodeId self, List<ACL> acl, List<Removal> removals, Optional<Claim> claim,
            KnownPlaces places) {
        this.paths = paths;
        this.self = self;
        this.acl = acl;
        this.removals = removals;
        this.claim = claim;
        this.places = places;
    }

    /**
     * Reads and removes, if there is a connection; what a commit leaves behind is told to {@code onCommitted} first.
     * Completes on ZooKeeper's event thread, never exceptionally.
     */
    CompletableFuture<Removed> commit(Optional<ZooKeeper> connected, Consumer<List<Found>> onCommitted) {
        if (connected.isEmpty()) {
            return new Transaction(acl).commit(connected).thenApply(RemovalTransaction::withoutClaim);
        }
        return prepare(connected.get()).thenCompose(prepared -> prepared
                        .map(ready -> ready.commit(onCommitted))
                        .orElseGet(() -> CompletableFuture.completedFuture(withoutClaim(allVoid()))))
                .exceptionally(thrown -> withoutClaim(unread(thrown)));
    }

    private static Removed withoutClaim(Outcome outcome) {
        return new Removed(outcome, false);
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
            return places.read(zk, queue.join()).thenApply(queued -> Optional.of(prepared(zk, record, doomed, queued)));
        });
    }

    private static MasterRecord record(Found found) {
        if (!found.orThrow().isThere()) {
            throw Failures.of(found.code(), found.path());
        }
        return RecordCodec.masterRecord(found.path(), found.data(), found.stat().getVersion());
    }

    /** The master record comes first: it is what whoever is next in the latch has to find. */
    private Prepared prepared(ZooKeeper zk, MasterRecord record, List<Doomed> doomed, List<Found> queued) {
        Transaction transaction = new Transaction(acl);
        Optional<Tenure> ended = record.tenure().flatMap(tenure -> doomed.stream()
                .map(Doomed::removal)
                .filter(removal -> removal.ends(tenure))
                .map(removal -> tenure.ended(removal.endingBy(self)))
                .findFirst());
        List<String> going = queued.stream().filter(place -> doomed.stream().anyMatch(each -> each.queuesAt(place)))
                .map(Found::path).toList();
        Optional<Claim> made = claim.filter(wanted -> wanted.masterVersion() == record.version()
                && isOver(record, ended) && isNext(wanted, queued, going));
        ended.ifPresent(tenure -> transaction.note(paths, Happening.ending(tenure, true)));
        if (made.isPresent()) {
            ZkNodeSession.claim(transaction, paths, made.get()).note(paths, Happening.succession(
                    ended.map(tenure -> new MasterRecord(ended, record.version())).orElse(record),
                    made.get().tenure()));
        } else if (ended.isPresent()) {
            transaction.set(paths.master(), RecordCodec.encode(ended.get()), record.version());
        } else {
            transaction.check(paths.master(), record.version());
        }
        for (Doomed each : doomed) {
            transaction.note(paths, List.of(each.removal().happening(each.entry(), self)));
            ZkNodeSession.put(transaction, paths, each.entry().departed(each.removal().departureBy(self)))
                    .delete(paths.live(each.removal().id()));
        }
        going.forEach(transaction::delete);
        boolean moved = made.isPresent() || ended.isPresent();
        return new Prepared(zk, transaction, moved ? record.version() + 1 : record.version(), made.isPresent());
    }

    /**
     * Returns whether nobody has to wait for anything of the recorded tenure any more: it is ended here, with proof.
     * One that these removals were to end and do not is somebody's who has registered anew, or none of theirs; one that
     * they do not concern is for whoever decided on the claim to judge.
     */
    private boolean isOver(MasterRecord record, Optional<Tenure> ended) {
        boolean concerned = record.tenure().filter(tenure -> removals.stream().anyMatch(each -> each.ends(tenure)))
                .isPresent();
        return ended.flatMap(Tenure::ending).map(Ending::confirmed).orElse(!concerned);
    }

    /** Returns whether nobody is left ahead of the place of {@code wanted} once these are {@code going}. */
    private static boolean isNext(Claim wanted, List<Found> queued, List<String> going) {
        String own = wanted.tenure().latchPath();
        List<String> ahead = queued.stream().filter(place -> place.orThrow().isThere()).map(Found::path)
                .filter(path -> ZkLatch.sequence(path).compareTo(ZkLatch.sequence(own)) <= 0).toList();
        return ahead.contains(own) && ahead.stream().allMatch(path -> path.equals(own) || going.contains(path));
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

    /**
     * The transaction as decided on what was read, the version that the master record has after it, and whether it
     * makes the claim.
     */
    record Prepared(ZooKeeper zk, Transaction transaction, int masterVersion, boolean claims) {

        /** Sends it, once, on the handle that everything was read with. */
        CompletableFuture<Removed> commit(Consumer<List<Found>> onCommitted) {
            return transaction.commit(Optional.of(zk), onCommitted).thenApply(outcome ->
                    new Removed(outcome.isDone() ? Outcome.done(masterVersion) : outcome, claims));
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
