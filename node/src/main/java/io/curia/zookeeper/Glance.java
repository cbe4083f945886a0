package io.curia.zookeeper;

import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Observation.Registration;
import io.curia.store.StoreException;
import io.curia.zookeeper.Reads.Children;
import io.curia.zookeeper.Reads.Found;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * The znodes that one observation is made of, read together in one round trip.
 *
 * <p>Every one of them is left with the same one-shot watcher, so that whatever changes asks for the next glance.
 * One-shot, because ZooKeeper makes up for what such a watch missed while the connection was down; a persistent watch
 * says nothing of it.
 *
 * @param zk the handle all of it was read with
 * @param cluster the cluster's identity; empty if it was not asked for
 * @param roster the node's own roster entry
 * @param live the node's own registration
 * @param place the place in the latch; empty if there was none to look at
 * @param queue the latch's children; empty if they were not asked for
 * @param master the {@code master} record
 * @param holderId whose registration {@code holder} is
 * @param holder the registration of whoever held the last tenure when it was last seen
 * @param intents what operators want
 */
record Glance(ZooKeeper zk, Optional<Found> cluster, Found roster, Found live, Optional<Found> place,
        Optional<Children> queue, Found master, Optional<NodeId> holderId, Optional<Found> holder,
        IntentsFound intents) {

    /**
     * What to look at.
     *
     * @param cluster whether to read the cluster's identity as well
     * @param queue whether to list the latch as well
     * @param rosterThere whether the roster entry was there last time
     * @param liveThere whether the registration was there last time
     * @param place this session's place in the latch
     * @param holder whose tenure the {@code master} record was last seen to hold, if not this node's own
     * @param intents what operators were last seen to want
     */
    record Request(boolean cluster, boolean queue, boolean rosterThere, boolean liveThere, Optional<String> place,
            Optional<NodeId> holder, Intents intents) {
    }

    /** Sends all the reads; completes on ZooKeeper's event thread, never exceptionally. */
    static CompletableFuture<Glance> take(ZooKeeper zk, ZnodePaths paths, NodeId self, Request request,
            Watcher watcher) {
        CompletableFuture<Optional<Found>> cluster =
                optional(request.cluster(), () -> Reads.data(zk, paths.cluster(), watcher));
        CompletableFuture<Found> roster = watched(zk, paths.roster(self), request.rosterThere(), watcher);
        CompletableFuture<Found> live = watched(zk, paths.live(self), request.liveThere(), watcher);
        CompletableFuture<Optional<Found>> place = optional(request.place().isPresent(),
                () -> Reads.data(zk, request.place().orElseThrow(), watcher));
        CompletableFuture<Optional<Children>> queue =
                optional(request.queue(), () -> Reads.children(zk, paths.latch()));
        // The record before the registration it names: what is gone then was gone after the tenure, never before.
        CompletableFuture<Found> master = Reads.data(zk, paths.master(), watcher);
        CompletableFuture<Optional<Found>> holder = optional(request.holder().isPresent(),
                () -> Reads.data(zk, paths.live(request.holder().orElseThrow()), watcher));
        CompletableFuture<IntentsFound> intents = IntentsFound.take(zk, paths, request.intents(), watcher);
        return CompletableFuture.allOf(cluster, roster, live, place, queue, holder, master, intents)
                .thenApply(all -> new Glance(zk, cluster.join(), roster.join(), live.join(), place.join(),
                        queue.join(), master.join(), request.holder(), holder.join(), intents.join()));
    }

    /** Completes with this glance, the cluster dealt with, and the registration of {@code other}. */
    CompletableFuture<Glance> withHolder(ZnodePaths paths, NodeId other, Watcher watcher) {
        return Reads.data(zk, paths.live(other), watcher).thenApply(found -> new Glance(zk, Optional.empty(), roster,
                live, place, queue, master, Optional.of(other), Optional.of(found), intents));
    }

    /**
     * Reading data leaves no watch where nothing stands, so what was absent last time is looked for first, which
     * does. Whoever is created between the two is both read and reported.
     */
    static CompletableFuture<Found> watched(ZooKeeper zk, String path, boolean there, Watcher watcher) {
        if (there) {
            return Reads.data(zk, path, watcher);
        }
        return Reads.exists(zk, path, watcher).thenCombine(Reads.data(zk, path, watcher), (exists, data) -> data);
    }

    private static <T> CompletableFuture<Optional<T>> optional(boolean wanted,
            Supplier<CompletableFuture<T>> read) {
        return wanted ? read.get().thenApply(Optional::of) : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Returns the first reason why this shows nothing; empty if everything was read. */
    Optional<StoreException> failure() {
        return roster.failure()
                .or(live::failure)
                .or(master::failure)
                .or(intents::failure)
                .or(() -> cluster.flatMap(Found::failure))
                .or(() -> place.flatMap(Found::failure))
                .or(() -> holder.flatMap(Found::failure));
    }

    /** Returns what this shows, and tells the latch if its place is not there any more. */
    Observation observation(NodeId self, MasterRecord record, ZkLatch latch) {
        long session = zk.getSessionId();
        Optional<Registration> mine = incarnation(live)
                .map(found -> new Registration(found, live.stat().getEphemeralOwner() == session));
        Optional<Incarnation> holding = record.tenure().filter(tenure -> tenure.id().equals(self)).isPresent()
                ? mine.map(Registration::incarnation)
                : holder.flatMap(Glance::incarnation);
        boolean holderLive = record.tenure().filter(tenure -> holding.filter(tenure::isOf).isPresent()).isPresent();
        return new Observation(true, session, Duration.ofMillis(zk.getSessionTimeout()),
                ZkClusterStore.entry(roster), mine, latchPlace(session, latch), record, holderLive,
                intents.decoded());
    }

    private static Optional<Incarnation> incarnation(Found found) {
        return ZkClusterStore.member(found).map(Member::incarnation);
    }

    private Optional<LatchPlace> latchPlace(long session, ZkLatch latch) {
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Found found = place.get();
        if (!found.isThere() || found.stat().getEphemeralOwner() != session) {
            latch.lose(found.path());
        }
        // It may also have been withdrawn while this was read.
        if (!latch.path().equals(Optional.of(found.path()))) {
            return Optional.empty();
        }
        queue.ifPresent(listed -> latch.onListed(listed.names()));
        return Optional.of(new LatchPlace(found.path(), latch.isLeading(), latch.isFirst()));
    }
}
