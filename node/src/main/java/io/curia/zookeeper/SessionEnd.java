package io.curia.zookeeper;

import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.StaticHostProvider;

/** Ends a session that another process left behind: takes it over, then closes it. */
final class SessionEnd {

    private SessionEnd() {
    }

    static void carryOut(ZooKeeperSettings settings, SessionTicket ticket) {
        CompletableFuture<KeeperState> reached = new CompletableFuture<>();
        ZooKeeper zk;
        try {
            zk = new ZooKeeper(settings.connect(), (int) settings.sessionTimeout().toMillis(), event -> {
                // Disconnected is no answer: the next server may be reachable.
                if (event.getState() == KeeperState.SyncConnected || event.getState() == KeeperState.Expired) {
                    reached.complete(event.getState());
                }
            }, ticket.sessionId(), ticket.password(), false, new StaticHostProvider(
                    new ConnectStringParser(settings.connect()).getServerAddresses()),
                    ClientSettings.shortLived(settings));
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "ZooKeeper at " + settings.connect() + ": " + e, e);
        }
        try {
            reached.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw ToolLink.unreachable(settings);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes this exceptionally", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.UNAVAILABLE, "interrupted while ending a session", e);
        } finally {
            // Without a connection there is nothing to wait for.
            ToolLink.endSession(zk, reached.isDone() ? settings.connectTimeout().toNanos() : 0);
        }
    }
}
