package io.curia.zookeeper;

import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.store.History;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Children;
import io.curia.zookeeper.Reads.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history as sequential znodes below {@code history}: the server numbers them in the order of commits, so nobody
 * who records has to look at a counter, and nobody's change fails because somebody else's was recorded.
 *
 * <p>The number is that of children ever made there. A transaction that fails uses none up, and nothing else is made
 * there, so there are no gaps but those of what was forgotten.
 */
final class ZkHistory implements History {

    private static final Logger LOG = LoggerFactory.getLogger(ZkHistory.class);
    /** How much may pile up before it is worth being cleared away. */
    private static final int SLACK = 50;

    private final Calls calls;
    private final ZnodePaths paths;
    private final List<ACL> acl;

    ZkHistory(Calls calls, ZnodePaths paths, List<ACL> acl) {
        this.calls = calls;
        this.paths = paths;
        this.acl = acl;
    }

    /** The name of one event's znode. */
    private record Name(EventType.Ring ring, long seq, String path) {

        /** Returns empty for what is not ours. */
        static Optional<Name> parse(ZnodePaths paths, String name) {
            return Stream.of(EventType.Ring.values())
                    .filter(ring -> name.matches(ZnodePaths.prefix(ring) + "[0-9]{10}"))
                    .map(ring -> new Name(ring, Long.parseLong(name.substring(name.indexOf('-') + 1)),
                            paths.history() + "/" + name))
                    .findFirst();
        }
    }

    @Override
    public void append(List<Happening> happenings) {
        try {
            calls.write(new Transaction(acl).note(paths, happenings));
        } catch (StoreException e) {
            if (e.kind() == Kind.CONFLICT) {
                // The one condition is that the history stands.
                throw new StoreException(Kind.NOT_FOUND, paths.history() + ": " + e.getMessage(), e);
            }
            throw e;
        }
    }

    @Override
    public Excerpt after(long seq, Set<EventType> types) {
        Set<EventType.Ring> rings = EnumSet.noneOf(EventType.Ring.class);
        types.forEach(type -> rings.add(type.ring()));
        // What a later version records under a type unknown here may stand in any ring.
        if (types.contains(EventType.OTHER)) {
            rings.addAll(EnumSet.allOf(EventType.Ring.class));
        }
        return calls.read(zk -> names(zk).thenCompose(all -> {
            List<Name> names = all.stream().filter(name -> name.seq() > seq).toList();
            return ViewRead.all(names.stream().filter(name -> rings.contains(name.ring()))
                    .map(name -> event(zk, name)).toList()).thenApply(found -> excerpt(
                    all.isEmpty() ? BEGINNING : all.get(all.size() - 1).seq(), seq, types, names.size(), found));
        }));
    }

    private static Excerpt excerpt(long last, long seq, Set<EventType> types, int names,
            List<Optional<ClusterEvent>> found) {
        long gone = found.stream().filter(Optional::isEmpty).count();
        return new Excerpt(found.stream().flatMap(Optional::stream).filter(event -> types.contains(event.type()))
                .toList(), last, Math.max(0, last - seq - names) + gone);
    }

    private CompletableFuture<List<Name>> names(ZooKeeper zk) {
        CompletableFuture<Found> sync = Reads.sync(zk, paths.history());
        CompletableFuture<Found> cluster = Reads.exists(zk, paths.cluster(), null);
        return Reads.children(zk, paths.history()).thenCombine(cluster, (listed, identity) -> {
            sync.join().orThrow();
            if (!identity.orThrow().isThere()) {
                throw new StoreException(Kind.NOT_FOUND, paths.cluster() + ": no such cluster");
            }
            return sorted(listed.orThrow());
        });
    }

    private List<Name> sorted(Children listed) {
        return listed.names().stream().flatMap(name -> Name.parse(paths, name).stream())
                .sorted(Comparator.comparingLong(Name::seq)).toList();
    }

    /** Completes with nothing if it was forgotten since it was listed. */
    private static CompletableFuture<Optional<ClusterEvent>> event(ZooKeeper zk, Name name) {
        return Reads.data(zk, name.path(), null).thenApply(found -> found.orThrow().isThere()
                ? Optional.of(new ClusterEvent(name.seq(), found.stat().getCzxid(),
                        Instant.ofEpochMilli(found.stat().getCtime()), happening(found)))
                : Optional.empty());
    }

    /** One record that cannot be understood must not hide the others. */
    private static Happening happening(Found found) {
        try {
            return RecordCodec.happening(found.path(), found.data());
        } catch (StoreException e) {
            return Happening.ofCluster(EventType.OTHER, "", "this record cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void watch(Runnable whenChanged) {
        NextChange next = new NextChange(whenChanged);
        calls.read(zk -> Reads.children(zk, paths.history(), next).thenApply(Children::orThrow));
    }

    /**
     * Two who do this at once delete the same: what is newer than what either has listed is not touched by it. A ring
     * is cleared only when it holds a little too much, so that not every event costs a deletion at once. A history
     * that somebody removed begins anew.
     */
    @Override
    public int trim() {
        Found history = calls.read(zk -> Reads.exists(zk, paths.history(), null)).orThrow();
        if (!history.isThere()) {
            calls.write(new Transaction(acl).create(paths.history(), new byte[0], CreateMode.PERSISTENT));
            return 0;
        }
        int size = history.stat().getNumChildren();
        if (size <= smallestCapacity()) {
            return 0;
        }
        return calls.read(zk -> Reads.children(zk, paths.history()).thenCompose(listed -> {
            List<String> doomed = excess(sorted(listed.orThrow()));
            return ViewRead.all(doomed.stream().map(path -> delete(zk, path)).toList())
                    .thenApply(codes -> (int) codes.stream().filter(code -> code == Code.OK).count());
        }));
    }

    private static int smallestCapacity() {
        return Stream.of(EventType.Ring.values()).mapToInt(EventType.Ring::capacity).min().orElseThrow();
    }

    private static List<String> excess(List<Name> names) {
        List<String> excess = new ArrayList<>();
        for (EventType.Ring ring : EventType.Ring.values()) {
            List<Name> inRing = names.stream().filter(name -> name.ring() == ring).toList();
            int tooMany = inRing.size() - ring.capacity();
            if (tooMany > SLACK) {
                inRing.subList(0, tooMany).forEach(name -> excess.add(name.path()));
            }
        }
        return excess;
    }

    private static CompletableFuture<Code> delete(ZooKeeper zk, String path) {
        CompletableFuture<Code> deleted = new CompletableFuture<>();
        zk.delete(path, -1, (rc, p, context) -> {
            if (Code.get(rc) != Code.OK && Code.get(rc) != Code.NONODE) {
                LOG.debug("{} stays: {}", path, Failures.words(Code.get(rc)));
            }
            deleted.complete(Code.get(rc));
        }, null);
        return deleted;
    }
}
