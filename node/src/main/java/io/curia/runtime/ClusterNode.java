package io.curia.runtime;

import io.curia.core.Farewell;
import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Role;
import io.curia.store.History;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A node of a cluster, for programs that embed one: it joins, registers, stands for election, and tells its listener
 * when this program is master and when it no longer is.
 *
 * <pre>{@code
 * ClusterNode node = ClusterNode.builder("billing-1")
 *         .zooKeeper("zk1:2181,zk2:2181,zk3:2181").cluster("billing").bind("0.0.0.0:8001")
 *         .listener(new NodeListener() {
 *             @Override public void onMaster(Mastership mastership) { scheduler.start(mastership); }
 *             @Override public void onMastershipEnding(Mastership mastership, boolean planned, String reason) {
 *                 scheduler.stop();
 *             }
 *         })
 *         .build();
 * node.start().join();
 * }</pre>
 *
 * <p>Safe for use by any thread. Touches nothing of the process: several nodes may live in one JVM.
 */
public final class ClusterNode implements AutoCloseable {

    private final NodeRun run;
    private final String cluster;

    private ClusterNode(NodeConfig config, List<NodeListener> listeners) {
        this.run = new NodeRun(config, listeners);
        this.cluster = config.zooKeeper().cluster();
    }

    /** Returns a builder of a node with this id and defaults for everything else. */
    public static ClusterNodeBuilder builder(String id) {
        return new ClusterNodeBuilder(id);
    }

    /** Returns a node with this configuration, not started. */
    public static ClusterNode of(NodeConfig config, List<NodeListener> listeners) {
        return new ClusterNode(config, listeners);
    }

    /**
     * Begins; returns at once, and the same future however often it is called.
     *
     * @return completes once the node is a member and knows whether it leads: master, or standing by. Fails with
     *     {@link NodeStartException} if it ends before; everything it had begun is undone then
     */
    public CompletableFuture<NodeState> start() {
        return run.start();
    }

    /**
     * Leaves in order: duties stop, the place is given up, the session ends. Returns at once, and the same future
     * however often it is called; before {@link #start()} there is nothing to leave.
     *
     * @return completes once everything is closed, with why the node ended; never fails
     */
    public CompletableFuture<Farewell> stop() {
        return run.stop("asked to stop");
    }

    /** Returns what completes once the node has ended, for whatever reason, and everything is closed. */
    public CompletableFuture<Farewell> ended() {
        return run.ended();
    }

    /** Returns what the node believes of itself now. */
    public NodeState state() {
        return run.state();
    }

    /** Returns the mastership, if this node holds a valid one now. */
    public Optional<Mastership> mastership() {
        return run.mastership().filter(Mastership::isValid);
    }

    /** Returns the cluster as this node last read it, with the time of reading; empty before the first. */
    public Optional<ClusterView> view() {
        return run.view();
    }

    /** Returns the name of the cluster that this node was told to be in. */
    public String cluster() {
        return cluster;
    }

    /** Returns how the node is now, besides what it believes of the cluster. */
    public NodeVitals vitals() {
        return run.vitals();
    }

    /** Has {@code meter} told what happens in the node from now on; best before {@link #start()}. */
    public void addMeter(NodeMeter meter) {
        run.metering().add(meter);
    }

    /** Has {@code meter} told nothing any more, but for calls that are under way. */
    public void removeMeter(NodeMeter meter) {
        run.metering().remove(meter);
    }

    /** Returns what happened to the cluster, whose calls block; empty while the node has not begun to connect. */
    public Optional<History> history() {
        return run.insides().map(Insides::history);
    }

    /** Returns how this node watches others; empty if it leaves deaths to the sessions, or has not begun. */
    public Optional<WatchState> watch() {
        return run.insides().flatMap(Insides::watch);
    }

    /** Returns whether the node has been a member that knew whether it leads, as {@link #start()} tells. */
    public boolean hasStarted() {
        return run.insides().filter(Insides::hasStarted).isPresent();
    }

    /**
     * Returns for how long the thread that decides has been at one thing; zero while it waits for something to do.
     * More than a moment means that it is stuck, and the node with it.
     */
    public Duration busy() {
        return run.insides().map(Insides::busy).orElse(Duration.ZERO);
    }

    /**
     * Asks the node to give up mastership and stand by at the end of the queue; nothing happens if it is not master.
     * What comes of it, the listener is told.
     *
     * @param reason why, for the record
     */
    public void stepDown(String reason) {
        run.stepDown(Cause.STEP_DOWN, reason);
    }

    /** Has this program's health checked now, if it is checked at all; what comes of it, the listener is told. */
    public void checkHealth() {
        run.checkHealth();
    }

    /** Returns whether the node has ended or was never started. */
    public boolean isStopped() {
        return state().role() == Role.STOPPED;
    }

    /** Stops, and waits until everything is closed. Idempotent. */
    @Override
    public void close() {
        stop().join();
    }
}
