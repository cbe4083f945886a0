package io.curia.admin.story;

import io.curia.model.Endpoint;
import io.curia.model.JournalEntry;
import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A node that was asked what it saw, and what came of it.
 *
 * @param id who
 * @param address where it was asked
 * @param answer what came of it
 * @param journal what it said; empty unless it told
 */
public record Witness(NodeId id, Optional<Endpoint> address, Answer answer, Optional<Account> journal) {

    /** What came of asking a node. */
    public enum Answer {
        /** It told. */
        TOLD("told"),
        /** Its port takes connections, and nothing answers: its process does not run. */
        SILENT("takes connections and does not answer: it is frozen, or does not get to run"),
        /** Nobody listens there. */
        REFUSED("nobody listens at its address: its process is gone"),
        /** Its address cannot be reached from here. */
        UNREACHABLE("cannot be reached from here"),
        /** Another node answered, or one that knows no such question. */
        OTHER("gave no answer that could be understood"),
        /** There are too many to ask all, or its address is not known. */
        NOT_ASKED("was not asked");

        private final String words;

        Answer(String words) {
            this.words = words;
        }

        /** Returns this as what is said of a node. */
        public String words() {
            return words;
        }
    }

    /**
     * What one process saw.
     *
     * @param begun since when, by its own clock
     * @param ahead how far its clock is ahead of that of whoever asked
     * @param entries what, oldest first
     */
    public record Account(Instant begun, Duration ahead, List<JournalEntry> entries) {
        public Account {
            Objects.requireNonNull(begun, "begun");
            Objects.requireNonNull(ahead, "ahead");
            entries = List.copyOf(entries);
        }
    }

    public Witness {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(journal, "journal");
    }
}
