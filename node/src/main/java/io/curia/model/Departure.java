package io.curia.model;

import java.time.Instant;
import java.util.Objects;

/**
 * How a member's last registration ended. Kept in its roster entry, so that a node that is down can be listed
 * with since when and why.
 *
 * @param how in which way it went
 * @param at when, by the wall clock of whoever wrote this
 * @param actor which member found it dead; empty unless one did
 * @param evidence on what evidence; empty unless somebody found it dead
 */
public record Departure(How how, Instant at, String actor, String evidence) {

    /** In which way a registration ended. */
    public enum How {
        /** It left in order. */
        LEFT("left in order"),
        /** Its process was seen dead. */
        CRASHED("crashed"),
        /** Its session ended without a word. */
        EXPIRED("session expired"),
        /** It was evicted while it was registered. */
        EVICTED("was evicted"),
        /** In a way that only a later version has a word for. */
        OTHER("gone");

        private final String words;

        How(String words) {
            this.words = words;
        }

        /** Returns what a list of members says of a node that went this way. */
        public String words() {
            return words;
        }
    }

    public Departure {
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(evidence, "evidence");
    }

    /** A departure that needed no evidence. */
    public Departure(How how, Instant at) {
        this(how, at, "", "");
    }
}
