package io.curia.wire.message;

import java.util.Optional;

/** The answer to one {@link Request}. */
public sealed interface Reply extends Message
        permits Joined, TutorialReply, Refused, Pong, MembersReply, MasterReply, StatusReply, LifelineReply,
        JournalReply, WitnessReply, ErrorReply {

    /** Returns what {@code visitor} returns for this kind of reply. */
    <T> T accept(Visitor<T> visitor);

    /** Returns this reply if it is a {@code kind}, else empty: for an asker that wants one kind only. */
    default <T extends Reply> Optional<T> as(Class<T> kind) {
        return kind.isInstance(this) ? Optional.of(kind.cast(this)) : Optional.empty();
    }

    /**
     * One method for every kind of reply, so that a new kind cannot be forgotten anywhere.
     *
     * @param <T> what is made of a reply
     */
    interface Visitor<T> {
        /** Admitted. */
        T joined(Joined reply);

        /** Admitted as a guest, said in the tutorial's words. */
        T tutorialReply(TutorialReply reply);

        /** Not admitted. */
        T refused(Refused reply);

        /** The node that listens here. */
        T pong(Pong reply);

        /** The members, or one page of them. */
        T members(MembersReply reply);

        /** The master. */
        T master(MasterReply reply);

        /** What the node believes of itself. */
        T status(StatusReply reply);

        /** The connection is a lifeline. */
        T lifeline(LifelineReply reply);

        /** What the node saw and did of late, or one page of it. */
        T journal(JournalReply reply);

        /** What is seen of a third node. */
        T witness(WitnessReply reply);

        /** The request was not carried out. */
        T error(ErrorReply reply);
    }
}
