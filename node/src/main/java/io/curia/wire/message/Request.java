package io.curia.wire.message;

/** A message that expects exactly one {@link Reply}. */
public sealed interface Request extends Message
        permits JoinRequest, TutorialJoin, Ping, MembersRequest, MasterRequest, StatusRequest, LifelineRequest,
        JournalRequest, WitnessRequest {

    /** Returns what {@code visitor} returns for this kind of request. */
    <T> T accept(Visitor<T> visitor);

    /**
     * One method for every kind of request, so that a new kind cannot be forgotten anywhere.
     *
     * @param <T> what is made of a request
     */
    interface Visitor<T> {
        /** A typed request to be admitted. */
        T join(JoinRequest request);

        /** The tutorial's request to be admitted, from a program that knows no ZooKeeper. */
        T tutorialJoin(TutorialJoin request);

        /** Who is there? */
        T ping(Ping request);

        /** Who is in the cluster? */
        T members(MembersRequest request);

        /** Who is the master? */
        T master(MasterRequest request);

        /** What does the node believe of itself? */
        T status(StatusRequest request);

        /** May this connection be a lifeline? */
        T lifeline(LifelineRequest request);

        /** What did the node see and do of late? */
        T journal(JournalRequest request);

        /** What is seen of a third node? */
        T witness(WitnessRequest request);
    }
}
