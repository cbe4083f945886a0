package io.curia.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.curia.lock.ProcessLock;
import io.curia.model.Epoch;
import io.curia.zookeeper.SessionTicket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node keeps between runs, in a directory that only its user may read.
 *
 * <p>The lock proves that no earlier run of this node lives on this host: the kernel drops it at the process's death.
 * Only then may the ticket of the earlier run's ZooKeeper session be used to end it, so that its registration is not
 * in the way. The highest epoch seen keeps a claim from going below it, should ZooKeeper be restored from a copy.
 */
final class DataDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_FILE_BYTES = 16 * 1024;

    private final Path directory;
    private final ProcessLock lock;

    private DataDirectory(Path directory, ProcessLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Returns the directory, made if it was not there, and locked.
     *
     * @throws NodeStartException if another process holds it, or it cannot be used
     */
    static DataDirectory open(Path directory) {
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            Path file = ProcessLock.of(directory);
            Optional<ProcessLock> lock = ProcessLock.take(file, ownerOnly("rw-------"));
            if (lock.isEmpty()) {
                throw NodeStartException.duplicate("another node runs with the data directory " + directory
                        + holder(file) + "; stop it, or choose another --id or --data-dir");
            }
            return new DataDirectory(directory, lock.get());
        } catch (IOException e) {
            throw new NodeStartException("data directory " + directory + " cannot be used: " + e
                    + "; choose another with --data-dir", e);
        }
    }

    private static String holder(Path file) throws IOException {
        OptionalLong pid = ProcessLock.holder(file);
        return pid.isPresent() && pid.getAsLong() != 0 ? " (process " + pid.getAsLong() + ")" : "";
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    /** Returns the ticket of the earlier run's session, if it did not end in order. */
    Optional<SessionTicket> ticket() {
        return read("session.json").flatMap(json -> {
            try {
                return Optional.of(SessionTicket.parse(json.path("ticket").asText("")));
            } catch (IllegalArgumentException e) {
                log.warn("{} is ignored: it holds no ticket", directory.resolve("session.json"));
                return Optional.empty();
            }
        });
    }

    void keepTicket(SessionTicket ticket) {
        ObjectNode json = JSON.createObjectNode().put("v", 1).put("ticket", ticket.spelled());
        write("session.json", json);
    }

    /** The session ended in order; there is nothing left to end. */
    void dropTicket() {
        try {
            Files.deleteIfExists(directory.resolve("session.json"));
        } catch (IOException e) {
            log.warn("{} was not removed: {}", directory.resolve("session.json"), e.toString());
        }
    }

    /** Returns the highest epoch seen in this cluster, {@link Epoch#NONE} if none was, or in another cluster. */
    Epoch highestEpoch(String clusterUuid) {
        return read("epoch.json")
                .filter(json -> clusterUuid.equals(json.path("cluster").asText()))
                .map(json -> new Epoch(Math.max(0, json.path("epoch").asLong())))
                .orElse(Epoch.NONE);
    }

    /** Returns the uuid of the cluster this directory was last used with. */
    Optional<String> clusterUuid() {
        return read("epoch.json").map(json -> json.path("cluster").asText());
    }

    void keepEpoch(String clusterUuid, Epoch epoch) {
        write("epoch.json", JSON.createObjectNode().put("v", 1).put("cluster", clusterUuid)
                .put("epoch", epoch.number()));
    }

    private Optional<JsonNode> read(String name) {
        Path file = directory.resolve(name);
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IOException("larger than " + MAX_FILE_BYTES + " bytes");
            }
            return Optional.of(JSON.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // Without it a restart is slower and nothing worse; a damaged file must not keep a node down.
            log.warn("{} is ignored: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private void write(String name, JsonNode json) {
        Path file = directory.resolve(name);
        Path draft = directory.resolve(name + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, ownerOnly("rw-------"));
            Files.write(draft, JSON.writeValueAsBytes(json));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("{} was not written: {}", file, e.toString());
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
