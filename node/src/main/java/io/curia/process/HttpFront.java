package io.curia.process;

import io.curia.http.HttpSettings;
import io.curia.http.NodeHttp;
import io.curia.model.NodeId;
import io.curia.runtime.ClusterNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The HTTP port of a node's process: opened first, so that its address can be registered with the node. */
final class HttpFront implements AutoCloseable {

    private final NodeHttp http;
    private Optional<MetricsPage> metrics = Optional.empty();

    private HttpFront(NodeHttp http) {
        this.http = http;
    }

    /** Returns the open port; throws {@link io.curia.port.BindFailedException} if it cannot be had. */
    static HttpFront open(HttpSettings settings) {
        return new HttpFront(NodeHttp.open(settings));
    }

    /** Returns these tags and where this port answers, unless they say already where it is to be asked. */
    Map<String, String> announcedIn(Map<String, String> tags) {
        Map<String, String> all = new TreeMap<>(tags);
        all.putIfAbsent(NodeHttp.TAG, http.advertised());
        return all;
    }

    /** Shows this node, and begins to count what happens in it. */
    void serve(ClusterNode node) {
        MetricsPage page = new MetricsPage(node);
        metrics = Optional.of(page);
        http.serve(node).add("/metrics", page);
    }

    /** Returns what scripts read of it. */
    String line(NodeId id) {
        return "http id=" + id + " address=" + http.url();
    }

    @Override
    public void close() {
        http.close();
        metrics.ifPresent(MetricsPage::close);
    }
}
