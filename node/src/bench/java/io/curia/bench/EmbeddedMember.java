package io.curia.bench;

import io.curia.runtime.ClusterNode;
import java.nio.file.Path;
import java.time.Duration;

/** A program that embeds a node through the public API, and watches from within what the node says of itself. */
final class EmbeddedMember {

    private EmbeddedMember() {
    }

    /** Runs one until its standard input ends. */
    public static void main(String... arguments) throws Exception {
        ClusterNode node = ClusterNode.builder(arguments[2]).zooKeeper(arguments[0]).cluster(arguments[1])
                .sessionTimeout(Duration.ofMillis(Long.parseLong(arguments[3])))
                .dataDirectory(Path.of(arguments[4]))
                .build();
        node.start().join();
        System.out.println("ready");
        MemberConsole.serve(() -> node.mastership().isPresent(), true);
    }
}
