package io.curia.wire.message;

import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The master as the answering node last read it.
 *
 * @param cluster the cluster
 * @param epoch the highest epoch claimed
 * @param master the master; empty when there was none, and then its fields are null on the wire
 * @param asOf when the answering node read this, by its wall clock: the answer's age
 * @param last whose mastership was the last, while there is no master; empty if there never was one, or from a node
 *     that does not tell
 * @param wishes what operators want of the mastership
 */
public record MasterReply(String cluster, Epoch epoch, Optional<MasterInfo> master, Instant asOf, Optional<Last> last,
        Wishes wishes) implements Reply {

    static final String TYPE = "master";

    /**
     * A mastership that is over.
     *
     * @param id whose it was
     * @param epoch which
     * @param ending how it ended; empty if nobody has noted that yet
     */
    public record Last(NodeId id, Epoch epoch, Optional<Ending> ending) {
        public Last {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(epoch, "epoch");
            Objects.requireNonNull(ending, "ending");
        }

        /** Returns what others are told of this tenure. */
        public static Last of(Tenure tenure) {
            return new Last(tenure.id(), tenure.epoch(), tenure.ending());
        }
    }

    public MasterReply {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(wishes, "wishes");
        master.ifPresent(info -> {
            if (!info.epoch().equals(epoch)) {
                throw new IllegalArgumentException("epoch: " + epoch + " (expected: the master's, " + info.epoch()
                        + ")");
            }
        });
    }

    /**
     * Returns what a node says that last read {@code record} at {@code asOf}.
     *
     * @param held whether the registration that the tenure names still stands; a tenure without its holder, or one
     *     that has ended, is no master
     */
    public static MasterReply of(String cluster, MasterRecord record, boolean held, Wishes wishes, Instant asOf) {
        Optional<Tenure> current = record.tenure().filter(tenure -> held && tenure.ending().isEmpty());
        return new MasterReply(cluster, record.epoch(), current.map(MasterInfo::of), asOf,
                current.isPresent() ? Optional.empty() : record.tenure().map(Last::of), wishes);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.master(this);
    }
}
