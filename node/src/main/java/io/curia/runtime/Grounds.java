package io.curia.runtime;

import io.curia.wire.NoAnswerException;

/** Why a member is suspected to be dead. */
enum Grounds {
    /** The lifeline to it stood, and its host closed it without a goodbye. */
    CLOSED("lifeline closed without a goodbye", true),
    /** The lifeline to it stood, and was reset, by its host or by something on the way. */
    RESET("lifeline reset without a goodbye", true),
    /** The lifeline that it held to this node was cut without a goodbye. */
    HUNG_UP("its own lifeline to this node ended without a goodbye", true),
    /** A lifeline to it stood once, and its address refuses another. */
    REFUSED_AGAIN("lifeline refused where one stood before", true),
    /**
     * Its address refuses the first lifeline to it. That may be an address at which nobody ever could reach it, so it
     * is no proof that its process has ended.
     */
    NEVER_SEEN("registered, and its address refuses", false);

    private final String words;
    private final boolean reached;

    Grounds(String words, boolean reached) {
        this.words = words;
        this.reached = reached;
    }

    /** Returns what a lifeline to it is cut by that ended with this. */
    static Grounds ofCut(NoAnswerException end) {
        return end.getCause() == null ? CLOSED : RESET;
    }

    /** Returns whether its address, or the process itself, was known to be good. */
    boolean reached() {
        return reached;
    }

    /** Returns what an accusation says of it. */
    String words() {
        return words;
    }
}
