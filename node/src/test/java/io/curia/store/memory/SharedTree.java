package io.curia.store.memory;

import io.curia.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A {@link RecordTree} behind a lock, with listeners told after every change. Everybody is called back on one
 * thread, in the order in which things were read, never under the lock.
 */
final class SharedTree {

    private final String name;
    private final RecordTree records;
    private final Lock lock = new ReentrantLock();
    private final List<Runnable> watchers = new ArrayList<>();
    private final Executor callbacks;
    private boolean reachable = true;

    SharedTree(String name) {
        this.name = name;
        this.records = new RecordTree(name);
        // The thread ends when it is idle, so that nobody has to close an ensemble.
        ThreadPoolExecutor single = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "memory-ensemble");
                    thread.setDaemon(true);
                    return thread;
                });
        single.allowCoreThreadTimeOut(true);
        callbacks = single;
    }

    String name() {
        return name;
    }

    void reachable(boolean now) {
        change(records -> reachable = now);
    }

    /** Returns what {@code question} answers now. */
    <T> T read(Function<RecordTree, T> question) {
        lock.lock();
        try {
            return question.apply(records);
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #read}, for a caller who has to reach the service first. */
    <T> T reach(Function<RecordTree, T> question) {
        return read(tree -> {
            if (!reachable) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "no connection");
            }
            return question.apply(tree);
        });
    }

    /** Applies {@code change} and lets everybody who watches look, before anything else happens. */
    <T> T change(Function<RecordTree, T> change) {
        return read(tree -> {
            T result = change.apply(tree);
            List.copyOf(watchers).forEach(Runnable::run);
            return result;
        });
    }

    /** Runs {@code look} under the lock after every change, beginning now. */
    void watch(Runnable look) {
        read(tree -> {
            watchers.add(look);
            look.run();
            return tree;
        });
    }

    void unwatch(Runnable look) {
        read(tree -> watchers.remove(look));
    }

    /** Runs {@code whenChanged} once {@code question} is answered otherwise than now. */
    void watchOnce(Function<RecordTree, ?> question, Runnable whenChanged) {
        read(tree -> {
            Object before = question.apply(tree);
            return watchers.add(new Runnable() {
                @Override
                public void run() {
                    if (!question.apply(tree).equals(before)) {
                        watchers.remove(this);
                        callBack(whenChanged);
                    }
                }
            });
        });
    }

    /** Runs {@code task} on the callback thread, after everything handed over before. */
    void callBack(Runnable task) {
        callbacks.execute(task);
    }
}
