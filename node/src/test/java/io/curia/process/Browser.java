package io.curia.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A headless Chromium with one tab, led over its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final WebSocket socket;
    private final Replies replies;
    private final AtomicInteger number = new AtomicInteger();

    private Browser(Process process, WebSocket socket, Replies replies) {
        this.process = process;
        this.socket = socket;
        this.replies = replies;
    }

    /** Starts {@code program}; what it keeps is kept below {@code scratch}. */
    static Browser start(Path program, Path scratch) throws IOException, InterruptedException {
        Path profile = Files.createDirectories(scratch.resolve("browser"));
        ProcessBuilder builder = new ProcessBuilder(List.of(program.toString(), "--headless=new", "--no-sandbox",
                "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
                "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank"))
                .redirectErrorStream(true).redirectOutput(scratch.resolve("browser.log").toFile());
        builder.environment().put("TMPDIR", profile.toString());
        Process process = builder.start();
        Path written = profile.resolve("DevToolsActivePort");
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(written) && !Files.readString(written).isBlank());
        String port = Files.readAllLines(written).get(0);
        HttpClient client = HttpClient.newHttpClient();
        JsonNode tab = JSON.readTree(client.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString()).body());
        Replies replies = new Replies();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(tab.get("webSocketDebuggerUrl").asText()), replies).join();
        Browser browser = new Browser(process, socket, replies);
        browser.call("Runtime.enable", Map.of());
        browser.call("Log.enable", Map.of());
        return browser;
    }

    /** Opens a page; does not wait for it. */
    void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /** Returns what a script comes to, as text. */
    String evaluate(String script) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
        return result.path("result").path("value").asText();
    }

    /** Returns the text that a person sees in the first element that {@code selector} finds; empty without one. */
    String text(String selector) {
        return evaluate("(found => found === null ? '' : found.innerText || found.textContent)(document.querySelector("
                + quoted(selector) + "))");
    }

    /** Shows the page on a screen of this width, dark or light, with or without motion. */
    void screen(int width, int height, double density, boolean dark) {
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height,
                "deviceScaleFactor", density, "mobile", width < 600));
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Writes what the screen shows, or with {@code whole} all of the page, as a PNG. */
    void picture(Path file, boolean whole) throws IOException {
        JsonNode shot = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
    }

    /** Returns what the page or the browser has complained of so far: exceptions, refused scripts, failed requests. */
    List<String> complaints() {
        return List.copyOf(replies.complaints);
    }

    private static String quoted(String text) {
        return JSON.valueToTree(text).toString();
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        replies.waiting.put(id, reply);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        JsonNode answer = reply.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.path("result");
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        socket.abort();
        process.onExit().join();
    }

    /** What comes from the browser. */
    private static final class Replies implements WebSocket.Listener {

        private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
        private final List<String> complaints = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode json = JSON.readTree(message);
                if (json.has("id")) {
                    waiting.remove(json.get("id").asInt()).complete(json);
                } else if (json.path("method").asText().equals("Runtime.exceptionThrown")
                        || json.path("method").asText().equals("Log.entryAdded")) {
                    complaints.add(json.get("params").toString());
                }
            } catch (IOException e) {
                complaints.add("no JSON: " + message);
            }
        }
    }
}
