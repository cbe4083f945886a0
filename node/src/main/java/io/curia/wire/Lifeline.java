package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.model.YieldedTenure;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessRequest;
import java.net.InetSocketAddress;

/**
 * A connection that stands for as long as both nodes run, so that the end of either process shows at once at the
 * other. Silence on it says nothing. Any thread may use it.
 */
public interface Lifeline {

    /** How a lifeline came to its end. */
    enum Ending {
        /** It never stood: no connection, no answer, or a node that declined; the cause says which. */
        NEVER_OPENED,
        /** It stood, and the other end closed or reset it without a goodbye: a process that ends does that. */
        CUT,
        /** It stood, and this host gave up on the network, or could not read what came: no sign of a process's end. */
        LOST,
        /** The other end said goodbye, whether it stood already or not. */
        GOODBYE,
        /** This end closed it: asked to, or with its own port. */
        CLOSED_HERE
    }

    /** Hears of one lifeline, on the port's thread: its methods must not block. One that fails is logged. */
    interface Listener {

        /**
         * The lifeline stands.
         *
         * @param reply who holds the other end; the node that was meant or not, which is for the listener to check
         * @param at the address that was dialled, to be looked at again without asking for the host's name
         */
        void onOpen(LifelineReply reply, InetSocketAddress at);

        /** The other end has said goodbye; {@link #onClosed} follows at once. */
        default void onGoodbye(String reason) {}

        /** The other end was master, and says that its tenure is over. */
        default void onYielded(YieldedTenure tenure) {}

        /** The other end says what it sees of a third node. */
        default void onWitness(WitnessReply reply) {}

        /**
         * The lifeline has ended; nothing follows. Called exactly once, also if it was never open.
         *
         * @param cause how, for a person; one of a lifeline that was CUT has a cause of its own if it was reset, and
         *     none if the system at the other end closed it
         */
        void onClosed(Ending ending, NoAnswerException cause);
    }

    /** Returns where the other end was to be found, as it was asked for. */
    Endpoint address();

    /**
     * Asks what the other end sees of a third node; its answer goes to {@link Listener#onWitness}. Nothing is sent, and
     * nothing follows, unless the lifeline stands. Only one that said in its {@link LifelineReply#witness} that it
     * can be asked may be: one that cannot parts from whoever asks.
     */
    void ask(WitnessRequest request);

    /** Says goodbye with this reason, for a person, and closes the lifeline; nothing if it has ended. */
    void close(String reason);
}
