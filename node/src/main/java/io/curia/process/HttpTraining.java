package io.curia.process;

import io.curia.http.HttpSettings;
import io.curia.http.NodeHttp;
import io.curia.runtime.ClusterNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Loads the classes with which a node answers over HTTP, by asking it everything once. */
final class HttpTraining {

    private static final List<String> PATHS = List.of("/master", "/cluster", "/history", "/sd?role=master", "/metrics",
            "/nothing");

    private HttpTraining() {
    }

    /** Has {@code node} answer everything once, on a port of its own that is closed again. */
    static void of(ClusterNode node) throws IOException {
        try (NodeHttp http = NodeHttp.start(node, HttpSettings.at("127.0.0.1:0"));
                MetricsPage metrics = new MetricsPage(node)) {
            http.add("/metrics", metrics);
            for (String path : PATHS) {
                ask(http, path, Integer.MAX_VALUE);
            }
            // It has no end of its own: its headers and its first event do.
            ask(http, "/events?since=-1", 16);
        }
    }

    private static void ask(NodeHttp http, String path, int lines) throws IOException {
        try (Socket socket = new Socket(http.address().host(), http.address().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            int left = lines;
            while (left > 0 && in.readLine() != null) {
                left--;
            }
        }
    }
}
