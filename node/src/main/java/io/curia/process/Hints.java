package io.curia.process;

import java.util.List;

/** Commands to try, spelled as the user has spelled the one that is running. */
final class Hints {

    /** The launcher says how it was called. */
    private static final String PROPERTY = "curia.command";
    private static final String IN_SOURCE_TREE = "node/bin/node";

    private Hints() {
    }

    /** Returns how the program {@code node} is called. */
    static String node() {
        return System.getProperty(PROPERTY, "node");
    }

    private static String adminCli() {
        String node = node();
        return node.endsWith(IN_SOURCE_TREE)
                ? node.substring(0, node.length() - IN_SOURCE_TREE.length()) + "admin-cli/bin/admin-cli" : "admin-cli";
    }

    /** Returns what to try on a cluster that is left running. */
    static List<String> forKept(DemoCluster cluster) {
        return List.of("The cluster keeps running. To try:",
                "",
                "  export CURIA_ZOOKEEPER=" + cluster.ensemble().connectString() + " CURIA_CLUSTER=" + DemoCluster.NAME,
                "  " + adminCli() + " members",
                "  " + adminCli() + " master",
                "  " + node() + " --id n4 --port 0      # one more node, in this terminal",
                "  " + adminCli() + " evict n2 --reason 'just to see'",
                "  " + node() + " demo --stop           # the end of it");
    }
}
