package io.curia.deployment;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The one record of Kubernetes' API that the hook touches, with versions, conflicts and a token to show, over TLS with
 * a certificate of its own.
 */
public final class SliceServer implements AutoCloseable {

    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/prod/endpointslices";
    private static final char[] PASSWORD = "only for a test".toCharArray();

    private static KeyStore keys;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String token;
    private final AtomicReference<Callable<?>> before = new AtomicReference<>();
    private final List<String> asked = new ArrayList<>();
    private JsonObject slice;
    private int version = 100;
    private int conflicts;
    private int unavailable;

    private SliceServer(String token) throws IOException {
        this.token = token;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Starts it, and leaves in {@code account} what a pod finds there: the token, and whom to trust. */
    public static SliceServer start(Path account) throws IOException {
        SliceServer made = new SliceServer("the token of this service account");
        Files.writeString(account.resolve("token"), made.token);
        try {
            KeyStore keys = keys();
            Files.writeString(account.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(keys.getCertificate("api").getEncoded())
                    + "\n-----END CERTIFICATE-----\n");
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(own.getKeyManagers(), null, null);
            made.server.setHttpsConfigurator(new HttpsConfigurator(tls));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        made.server.createContext("/", made::handle);
        made.server.setExecutor(made.threads);
        made.server.start();
        return made;
    }

    /** Made once, because Java signs certificates only by a program that takes its time; every JDK has it. */
    private static synchronized KeyStore keys() throws IOException, GeneralSecurityException {
        if (keys != null) {
            return keys;
        }
        Path directory = Files.createTempDirectory("keys");
        Path file = directory.resolve("keys");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", "api", "-keyalg", "EC", "-validity", "2",
                "-dname", "CN=kubernetes", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no certificate");
            }
            keys = KeyStore.getInstance(file.toFile(), PASSWORD);
            return keys;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next so many requests that it cannot serve them now. */
    public synchronized void failNext(int requests) {
        unavailable = requests;
    }

    /** Returns what was asked of it with the right token, as method, path and answer. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** Has {@code deed} done when the next write arrives, before it is looked at. */
    void beforeNextWrite(Callable<?> deed) {
        before.set(deed);
    }

    /** Returns the record as it is now; empty if there is none yet. */
    public synchronized String slice() {
        return slice == null ? "" : slice.toString();
    }

    synchronized int conflicts() {
        return conflicts;
    }

    /** Returns where the record leads to; nowhere if there is none yet. */
    public synchronized List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        if (slice == null) {
            return addresses;
        }
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
        int status = unavailable > 0 ? 503 : statusOf(method, path, body);
        unavailable = Math.max(0, unavailable - 1);
        asked.add(method + " " + path + " " + status);
        return status;
    }

    private int statusOf(String method, String path, String body) {
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
