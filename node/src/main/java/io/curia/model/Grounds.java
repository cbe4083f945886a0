package io.curia.model;

/**
 * The operators' wishes that a claim was decided on: it is void if they are others by the time it is committed.
 *
 * @param pauseVersion of the record of the pause; {@link Versioned#NOT_STORED} if it does not matter
 * @param switchoverVersion of the record of the switchover; {@link Versioned#NOT_STORED} if it does not matter
 */
public record Grounds(int pauseVersion, int switchoverVersion) {

    /** Whatever operators want. */
    public static final Grounds NONE = new Grounds(Versioned.NOT_STORED, Versioned.NOT_STORED);

    /**
     * Returns what a claim rests on that was decided on these intents. A switchover matters only where there is a
     * pause: who claims in one may do so because a forced switchover says so, and it may be withdrawn meanwhile.
     */
    public static Grounds of(Intents intents) {
        return new Grounds(intents.pause().version(),
                intents.pause().what().isPresent() ? intents.switchover().version() : Versioned.NOT_STORED);
    }
}
