package io.curia.wire.message;

import io.curia.model.Incarnation;
import io.curia.model.JournalEntry;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a node saw and did of late, or a page of it.
 *
 * @param id the node
 * @param incarnation its present registration, or the one that it is about to make
 * @param begun since when it keeps this journal: not longer than its process lives
 * @param asOf its wall clock as it answers
 * @param last the number of the last entry there is; if it is higher than that of the last one here, ask again
 * @param entries at most {@value #MAX_ENTRIES}, oldest first
 */
public record JournalReply(NodeId id, Incarnation incarnation, Instant begun, Instant asOf, long last,
        List<JournalEntry> entries) implements Reply {

    /** How many entries fit into a line whatever their words are. */
    public static final int MAX_ENTRIES = 30;

    static final String TYPE = "journal";

    public JournalReply {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(asOf, "asOf");
        entries = List.copyOf(entries);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "journal: " + entries.size() + " entries (expected: at most " + MAX_ENTRIES + ")");
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.journal(this);
    }
}
