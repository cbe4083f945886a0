package io.curia.zookeeper;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened, to be closed in the opposite order. */
final class Opened implements AutoCloseable {

    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    /** Returns {@code closeable}, which will be closed. */
    <T extends AutoCloseable> T add(T closeable) {
        all.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        try {
            while (!all.isEmpty()) {
                all.pop().close();
            }
        } catch (Exception e) {
            // Whatever the kind of thing that was opened declares.
            throw new AssertionError("something did not close", e);
        }
    }
}
