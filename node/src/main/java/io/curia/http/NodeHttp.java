package io.curia.http;

import io.curia.model.Endpoint;
import io.curia.port.BindFailedException;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.HostName;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a node says over HTTP; see docs/http.md. Opened before the node is built, its address can be registered with the
 * node, so that others find it:
 *
 * <pre>{@code
 * NodeHttp http = NodeHttp.open(HttpSettings.at("0.0.0.0:9100"));
 * ClusterNode node = ClusterNode.builder("billing-1")….tag(NodeHttp.TAG, http.advertised()).build();
 * http.serve(node);
 * node.start();
 * }</pre>
 *
 * <p>Safe for use by any thread. Two threads of its own, one of them only while the history is read; several nodes may
 * live in one JVM.
 */
public final class NodeHttp implements AutoCloseable {

    /** The tag under which a member says where it answers over HTTP, as {@code HOST:PORT}. */
    public static final String TAG = "http";
    private static final int READINGS = 16;
    private static final long IDLE_SECONDS = 10;

    private final Routes routes;
    private final HttpSettings settings;
    private final HttpPort port;
    private final ThreadPoolExecutor reader;

    private NodeHttp(Routes routes, HttpSettings settings, HttpPort port) {
        this.routes = routes;
        this.settings = settings;
        this.port = port;
        this.reader = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(READINGS), task -> {
                    Thread thread = new Thread(task, "curia-http-reads-" + port.address().port());
                    thread.setDaemon(true);
                    return thread;
                });
        this.reader.allowCoreThreadTimeOut(true);
    }

    /**
     * Opens the port; until {@link #serve} names a node, everything about it is 404. Blocks for a moment.
     *
     * @throws BindFailedException if it cannot listen there, and why; nothing is left behind then
     */
    public static NodeHttp open(HttpSettings settings) {
        Routes routes = new Routes();
        return new NodeHttp(routes, settings, HttpPort.open("curia-http", settings, routes));
    }

    /** Does both for a node that is not to say where: opens the port and shows this node. */
    public static NodeHttp start(ClusterNode node, HttpSettings settings) {
        return open(settings).serve(node);
    }

    /** Shows this node from now on; returns this. */
    public NodeHttp serve(ClusterNode node) {
        return serve(new ServedNode(node), Clock.systemUTC());
    }

    NodeHttp serve(Subject subject, Clock clock) {
        RoleChecks.of(subject).forEach(routes::put);
        routes.put("/", new Page());
        routes.put("/cluster", new ClusterResource(subject, clock));
        routes.put("/history", new HistoryReads(subject, reader, clock));
        routes.put("/events", new EventsResource(subject, reader, port.loop(), settings.limits()));
        routes.put("/sd", new DiscoveryResource(subject));
        return this;
    }

    /** Shows {@code resource} at {@code path}, a slash and small letters, instead of what was there; returns this. */
    public NodeHttp add(String path, Resource resource) {
        routes.put(path, resource);
        return this;
    }

    /** Returns where it listens: the host it was told, the port it really has. */
    public Endpoint address() {
        return port.address();
    }

    /** Returns its address for people and browsers. */
    public String url() {
        return "http://" + address() + "/";
    }

    /** Returns its address for other hosts, as the value of {@link #TAG}: this host's name if it listens on all. */
    public String advertised() {
        boolean everywhere = List.of("0.0.0.0", "::").contains(address().host());
        return (everywhere ? new Endpoint(HostName.here(), address().port()) : address()).toString();
    }

    /** Stops accepting, closes every connection and waits until the port is free. Idempotent. */
    @Override
    public void close() {
        reader.shutdownNow();
        port.stop().toCompletableFuture().join();
    }
}
