package io.curia.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is connected, and who goes when the house is full: whoever has kept the node waiting longest, for a request or
 * for an answer to be read. So nobody keeps a load balancer out by connecting often and saying, or hearing, little.
 * One thread only.
 */
final class Visitors {

    private final int limit;
    private final Set<HttpConnection> all = new HashSet<>();
    /** Those for whom there is nothing to do just now; who has been among them longest first. */
    private final Set<HttpConnection> waiting = new LinkedHashSet<>();

    Visitors(int limit) {
        this.limit = limit;
    }

    /** Lets the newcomer in, at the cost of another if need be; returns whether it is in. */
    boolean admit(HttpConnection newcomer) {
        if (all.size() >= limit) {
            Iterator<HttpConnection> longest = waiting.iterator();
            if (!longest.hasNext()) {
                return false;
            }
            longest.next().abort();
        }
        all.add(newcomer);
        waits(newcomer);
        return true;
    }

    /** It is the client's turn now; one that has gone already stays so. */
    void waits(HttpConnection connection) {
        waiting.remove(connection);
        if (all.contains(connection)) {
            waiting.add(connection);
        }
    }

    void isServed(HttpConnection connection) {
        waiting.remove(connection);
    }

    void gone(HttpConnection connection) {
        all.remove(connection);
        waiting.remove(connection);
    }

    List<HttpConnection> all() {
        return new ArrayList<>(all);
    }
}
