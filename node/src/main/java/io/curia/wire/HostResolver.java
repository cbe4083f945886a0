package io.curia.wire;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Host names to addresses, off the port's thread: a look-up blocks, for seconds where DNS is in trouble, and the
 * names of joiners come from strangers. An address that is written as one costs no thread.
 */
final class HostResolver implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 256;
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads;

    HostResolver(String name) {
        threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING), lookup -> {
                    Thread thread = new Thread(lookup, name + "-resolver");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns the host's address; fails with UnknownHostException if it has none, and with SocketTimeoutException if
     * too many others are waited for.
     */
    CompletableFuture<InetAddress> resolve(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            if (literal != null) {
                return CompletableFuture.completedFuture(InetAddress.getByAddress(literal));
            }
            return CompletableFuture.supplyAsync(() -> lookUp(host), threads);
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        } catch (RejectedExecutionException e) {
            SocketTimeoutException late = new SocketTimeoutException("too many host names are being looked up");
            late.initCause(e);
            return CompletableFuture.failedFuture(late);
        }
    }

    private static InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
