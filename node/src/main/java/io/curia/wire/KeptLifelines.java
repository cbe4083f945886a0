package io.curia.wire;

import io.curia.wire.message.Goodbye;
import io.curia.wire.message.MessageCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The lifelines that others hold to this node's port. None of them ends on purpose without a goodbye, not even one
 * that is kept after all the others have been told. On the port's thread only.
 */
final class KeptLifelines {

    private final Set<ServerConnection> kept = new HashSet<>();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private Optional<byte[]> goodbye = Optional.empty();

    /** Keeps the connection as a lifeline, or parts from it at once if the others have been told goodbye. */
    void add(ServerConnection connection) {
        if (kept.add(connection)) {
            goodbye.ifPresent(line -> part(connection, line));
        }
    }

    void gone(ServerConnection connection) {
        kept.remove(connection);
        if (goodbye.isPresent() && kept.isEmpty()) {
            allGone.complete(null);
        }
    }

    int size() {
        return kept.size();
    }

    /** Says goodbye on every lifeline, once; what it returns completes when all of them have ended. */
    CompletableFuture<Void> part(Goodbye notice) {
        if (goodbye.isEmpty()) {
            byte[] line = MessageCodec.encode(notice);
            goodbye = Optional.of(line);
            List.copyOf(kept).forEach(connection -> part(connection, line));
            if (kept.isEmpty()) {
                allGone.complete(null);
            }
        }
        return allGone;
    }

    private static void part(ServerConnection connection, byte[] line) {
        connection.send(line);
        connection.close();
    }
}
