package io.curia.zookeeper;

import io.curia.zookeeper.Reads.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;

/**
 * Reads many znodes with few requests, as {@link Reads} does one: a request for each would take most of the time of
 * reading a thousand.
 *
 * <p>Answers to one request come in one packet, and a client hangs up on a packet that is larger than it allows. Usual
 * records do not fill one together; should others stand there, the connection is lost, and whoever asked has to read
 * them one by one.
 */
final class BulkRead {

    /** So few are read one by one: it takes no longer, and nothing has to be loaded for it. */
    private static final int FEW = 32;
    private static final int TOGETHER = 50;

    private BulkRead() {
    }

    /** Completes with what stands at these paths, in their order; never exceptionally. */
    static CompletableFuture<List<Found>> of(ZooKeeper zk, List<String> paths) {
        if (paths.size() <= FEW) {
            return ViewRead.all(paths.stream().map(path -> Reads.data(zk, path, null)).toList());
        }
        List<CompletableFuture<List<Found>>> parts = new ArrayList<>();
        for (int from = 0; from < paths.size(); from += TOGETHER) {
            parts.add(part(zk, paths.subList(from, Math.min(paths.size(), from + TOGETHER))));
        }
        return ViewRead.all(parts).thenApply(found -> found.stream().flatMap(List::stream).toList());
    }

    private static CompletableFuture<List<Found>> part(ZooKeeper zk, List<String> paths) {
        CompletableFuture<List<Found>> answer = new CompletableFuture<>();
        zk.multi(paths.stream().map(Op::getData).toList(),
                (rc, path, context, results) -> answer.complete(found(paths, Code.get(rc), results)), null);
        return answer;
    }

    private static List<Found> found(List<String> paths, Code code, List<OpResult> results) {
        List<Found> found = new ArrayList<>(paths.size());
        for (int i = 0; i < paths.size(); i++) {
            found.add(results == null ? new Found(paths.get(i), code, null, null)
                    : found(paths.get(i), results.get(i)));
        }
        return found;
    }

    private static Found found(String path, OpResult result) {
        if (result instanceof OpResult.GetDataResult read) {
            return new Found(path, Code.OK, read.getData(), read.getStat());
        }
        Code code = result instanceof OpResult.ErrorResult error ? Code.get(error.getErr()) : Code.SYSTEMERROR;
        return new Found(path, code, null, null);
    }
}
