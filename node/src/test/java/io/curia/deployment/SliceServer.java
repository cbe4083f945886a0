package io.curia.deployment;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** The one record of Kubernetes' API that the hook touches, with versions, conflicts and a token to show. */
final class SliceServer implements AutoCloseable {

    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/prod/endpointslices";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String token;
    private final AtomicReference<Callable<?>> before = new AtomicReference<>();
    private JsonObject slice;
    private int version = 100;
    private int conflicts;

    private SliceServer(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    static SliceServer start(String token) throws IOException {
        SliceServer made = new SliceServer(token);
        made.server.createContext("/", made::handle);
        made.server.setExecutor(made.threads);
        made.server.start();
        return made;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has {@code deed} done when the next write arrives, before it is looked at. */
    void beforeNextWrite(Callable<?> deed) {
        before.set(deed);
    }

    synchronized String slice() {
        return slice.toString();
    }

    synchronized int conflicts() {
        return conflicts;
    }

    synchronized List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (JsonElement endpoint : slice.getAsJsonArray("endpoints")) {
            endpoint.getAsJsonObject().getAsJsonArray("addresses").forEach(each -> addresses.add(each.getAsString()));
        }
        return addresses;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Callable<?> deed = exchange.getRequestMethod().equals("GET") ? null : before.getAndSet(null);
        if (deed != null) {
            try {
                deed.call();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        int status = ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body) : 403;
        byte[] answer = (status == 200 ? slice() : "{\"kind\": \"Status\", \"code\": " + status + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private synchronized int answer(String method, String path, String body) {
        boolean named = path.equals(SLICES + "/curia-master");
        if (method.equals("POST") && path.equals(SLICES)) {
            return slice != null ? 409 : store(body, 201);
        }
        if (!named || slice == null) {
            return 404;
        }
        if (method.equals("PUT")) {
            JsonElement read = JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("metadata")
                    .get("resourceVersion");
            if (read == null || !read.getAsString().equals(Integer.toString(version))) {
                conflicts++;
                return 409;
            }
            return store(body, 200);
        }
        return method.equals("GET") ? 200 : 405;
    }

    private int store(String body, int status) {
        version++;
        slice = JsonParser.parseString(body).getAsJsonObject();
        slice.getAsJsonObject("metadata").addProperty("resourceVersion", Integer.toString(version));
        return status;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
