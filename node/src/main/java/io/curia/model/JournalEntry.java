package io.curia.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that one node saw or did, by its own clocks. Kept by the node in its memory, for as long as its process
 * lives.
 *
 * @param number one above that of the entry before it
 * @param at when, by its wall clock
 * @param nanos when, by its monotonic clock: only differences mean anything
 * @param kind what
 * @param about the node that it is about, if not itself
 * @param epoch the mastership that it is about
 * @param length how long it lasted, or may last, depending on the kind
 * @param words for people
 */
public record JournalEntry(long number, Instant at, long nanos, Kind kind, Optional<NodeId> about,
        Optional<Epoch> epoch, Optional<Duration> length, String words) {

    /** How many characters of the words are kept. */
    public static final int MAX_WORDS = 200;

    /** What a node takes down. */
    public enum Kind {
        /** Its role changed. */
        ROLE,
        /** It has a connection to ZooKeeper. */
        CONNECTED,
        /** It lost its connection to ZooKeeper; the length is that of its session's timeout. */
        CUT_OFF,
        /** Its session is over. */
        SESSION_ENDED,
        /** It did not run for so long: it was frozen, or starved. */
        FROZEN,
        /** It saw who is master, or that nobody is. */
        SAW,
        /** It sent a claim. */
        CLAIM,
        /** Its claim was committed. */
        CLAIMED,
        /** A quorum refused to confirm its mastership. */
        RENEWAL_REFUSED,
        /** The answer to a renewal was lost. */
        RENEWAL_LOST,
        /** It stops its duties as master. */
        LOSS,
        /** It knows that a member is dead. */
        VERDICT,
        /** It has the dead removed. */
        REMOVAL,
        /** Somebody asked it to give up mastership, or to end. */
        ASKED,
        /** It cannot go on. */
        FAULT,
        /** Something that only a later version has a word for. */
        OTHER
    }

    public JournalEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(length, "length");
        words = words.length() <= MAX_WORDS ? words : cut(words);
    }

    private static String cut(String words) {
        int end = MAX_WORDS - 1;
        return words.substring(0, Character.isHighSurrogate(words.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
