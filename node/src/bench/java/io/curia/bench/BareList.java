package io.curia.bench;

import java.util.concurrent.Callable;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the children of a znode, as one writes it with picocli and Curator. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class BareList implements Callable<Integer> {

    @Option(names = "--zookeeper", required = true)
    private String connect;

    @Parameters
    private String path;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new BareList()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        RetryPolicy retries = new ExponentialBackoffRetry(1000, 3);
        try (CuratorFramework client = CuratorFrameworkFactory.newClient(connect, retries)) {
            client.start();
            client.blockUntilConnected();
            for (String child : client.getChildren().forPath(path)) {
                System.out.println(child + " " + new String(client.getData().forPath(path + "/" + child)));
            }
        }
        return 0;
    }
}
