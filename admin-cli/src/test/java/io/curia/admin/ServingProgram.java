package io.curia.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.curia.http.HttpSettings;
import io.curia.http.NodeHttp;
import io.curia.runtime.ClusterNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An application with a node in it, which serves while it is master: {@code ID ZOOKEEPER CLUSTER APPLICATION-PORT
 * HTTP-PORT DIRECTORY HOLD}. It answers as itself, with its epoch; while it is not master it refuses, after having
 * waited for {@code HOLD} milliseconds to become so.
 */
final class ServingProgram {

    private ServingProgram() {
    }

    public static void main(String... arguments) throws IOException {
        ClusterNode node = ClusterNode.builder(arguments[0]).zooKeeper(arguments[1]).cluster(arguments[2])
                .sessionTimeout(Duration.ofSeconds(4)).bind("127.0.0.1:0").build();
        NodeHttp http = NodeHttp.start(node, HttpSettings.at("127.0.0.1:" + arguments[4]));
        HttpServer application = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[3])), 0);
        long hold = Long.parseLong(arguments[6]);
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        application.createContext("/", exchange -> {
            if (node.mastership().isPresent() || hold == 0) {
                answer(node, exchange);
            } else {
                later.schedule(() -> answer(node, exchange), hold, TimeUnit.MILLISECONDS);
            }
        });
        application.setExecutor(Executors.newFixedThreadPool(8));
        application.start();
        node.start().join();
        Files.createFile(Path.of(arguments[5]).resolve(arguments[0] + ".ready"));
        node.ended().join();
        http.close();
        application.stop(0);
        later.shutdownNow();
    }

    private static void answer(ClusterNode node, HttpExchange exchange) {
        Optional<String> served = node.mastership().map(held -> node.state().id() + " " + held.epoch());
        byte[] answer = served.orElse("not master").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(served.isPresent() ? 200 : 503, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            // Whoever asked is gone; it counts what it did not hear.
            exchange.close();
        }
    }
}
