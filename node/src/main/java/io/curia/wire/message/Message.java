package io.curia.wire.message;

/** One line on a node's port. Immutable; {@link MessageCodec} turns it into JSON and back. */
public sealed interface Message permits Request, Reply, Notice {

    /** Returns what its {@code type} field says; empty for the two messages of the tutorial, which have none. */
    String type();
}
