package io.curia.wire.message;

import io.curia.model.Epoch;
import java.util.Objects;
import java.util.Optional;

/**
 * The joiner is in the roster and may register.
 *
 * @param cluster the cluster
 * @param uuid tells the cluster from another of the same name
 * @param source the member that admitted it
 * @param dest the joiner
 * @param epoch the highest epoch that the answering member knows of
 * @param master the master; empty when there is none now
 * @param message words for a person
 */
public record Joined(String cluster, String uuid, Peer source, Peer dest, Epoch epoch, Optional<MasterInfo> master,
        String message) implements Reply {

    static final String TYPE = "joined";

    public Joined {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(dest, "dest");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.joined(this);
    }
}
