package io.curia.store.memory;

import io.curia.store.FencedWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records below no cluster's tree: what users of fenced writes keep in the coordination service. */
final class FreeRecords {

    private Map<String, Stored> records = new HashMap<>(Map.of("/", new Stored(new byte[0], 0)));

    private record Stored(byte[] data, int version) {
        boolean has(int wanted) {
            return wanted == FencedWrite.ANY_VERSION || wanted == version;
        }
    }

    Optional<byte[]> data(String path) {
        return Optional.ofNullable(records.get(path)).map(stored -> stored.data().clone());
    }

    /** Commits all of the writes, in order, or none; returns which. */
    boolean commit(List<FencedWrite> writes) {
        Map<String, Stored> next = new HashMap<>(records);
        for (FencedWrite write : writes) {
            if (!apply(write, next)) {
                return false;
            }
        }
        records = next;
        return true;
    }

    private static boolean apply(FencedWrite write, Map<String, Stored> next) {
        Stored found = next.get(write.path());
        if (write.operation() == FencedWrite.Operation.CREATE) {
            return found == null && next.containsKey(parent(write.path()))
                    && next.put(write.path(), new Stored(write.data(), 0)) == null;
        }
        if (found == null || !found.has(write.version())) {
            return false;
        }
        return switch (write.operation()) {
            case SET -> next.put(write.path(), new Stored(write.data(), found.version() + 1)) != null;
            case DELETE -> childless(write.path(), next) && next.remove(write.path()) != null;
            case CREATE, CHECK -> true;
        };
    }

    private static boolean childless(String path, Map<String, Stored> next) {
        return next.keySet().stream().noneMatch(other -> other.startsWith(path + "/"));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
