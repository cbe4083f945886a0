package io.curia.wire.message;

/**
 * Asks what the node saw and did of late.
 *
 * @param after the number of the entry after which to begin; -1 for the beginning
 */
public record JournalRequest(long after) implements Request {

    static final String TYPE = "journal";

    /** Returns the request for what the node has kept, from its beginning. */
    public static JournalRequest first() {
        return new JournalRequest(-1);
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
