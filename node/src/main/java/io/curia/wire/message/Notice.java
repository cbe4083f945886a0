package io.curia.wire.message;

/** A message that nobody asked for and nobody answers; either side of a connection may send it. */
public sealed interface Notice extends Message permits Goodbye, Yielded {

    /** Returns what {@code visitor} returns for this kind of notice. */
    <T> T accept(Visitor<T> visitor);

    /**
     * One method for every kind of notice, so that a new kind cannot be forgotten anywhere.
     *
     * @param <T> what is made of a notice
     */
    interface Visitor<T> {
        /** The connection is about to be closed on purpose. */
        T goodbye(Goodbye notice);

        /** A mastership is over, and may be taken over. */
        T yielded(Yielded notice);
    }
}
