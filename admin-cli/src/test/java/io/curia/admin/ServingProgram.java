package io.curia.admin;

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
import java.util.concurrent.Executors;

/**
 * An application with a node in it, which serves while it is master and refuses otherwise:
 * {@code ID ZOOKEEPER CLUSTER APPLICATION-PORT HTTP-PORT DIRECTORY}. It answers as itself, with its epoch.
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
        application.createContext("/", exchange -> {
            byte[] answer = node.mastership().map(held -> arguments[0] + " " + held.epoch())
                    .orElse("not master").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(node.mastership().isPresent() ? 200 : 503, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        application.setExecutor(Executors.newFixedThreadPool(8));
        application.start();
        node.start().join();
        Files.createFile(Path.of(arguments[5]).resolve(arguments[0] + ".ready"));
        node.ended().join();
        http.close();
        application.stop(0);
    }
}
