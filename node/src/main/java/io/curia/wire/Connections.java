package io.curia.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is connected, and who may still come. Newcomers are turned away rather than anybody dropped who is in: a full
 * house of strangers never costs a guest its membership. One thread only.
 */
final class Connections {

    /** So many of those turned away may be told so at a time; the others are just closed. */
    private static final int MAX_TURNED_AWAY = 64;

    private final int limit;
    private final Set<ServerConnection> admitted = new HashSet<>();
    private final Set<ServerConnection> turnedAway = new HashSet<>();

    Connections(int limit) {
        this.limit = limit;
    }

    /** Lets the connection in if there is room, and says whether it did. */
    boolean admit(ServerConnection connection) {
        return admitted.size() < limit && admitted.add(connection);
    }

    /** Returns whether this connection, which was not let in, may be told so. */
    boolean mayBeTold(ServerConnection connection) {
        return turnedAway.size() < MAX_TURNED_AWAY && turnedAway.add(connection);
    }

    void gone(ServerConnection connection) {
        admitted.remove(connection);
        turnedAway.remove(connection);
    }

    int size() {
        return admitted.size();
    }

    List<ServerConnection> all() {
        List<ServerConnection> all = new ArrayList<>(admitted);
        all.addAll(turnedAway);
        return all;
    }
}
