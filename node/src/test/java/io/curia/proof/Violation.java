package io.curia.proof;

/**
 * Something that must never happen and did.
 *
 * @param rule which rule it breaks
 * @param nanos when, as far as that is known; else zero
 * @param detail what happened
 */
record Violation(Rule rule, long nanos, String detail) {

    /** What must hold. */
    enum Rule {
        /** Epochs never decrease in the order of commits, and nothing is committed under an epoch that has ended. */
        STALE_COMMIT,
        /** What was acknowledged is committed, what was refused is not, and nothing else is. */
        OUTCOME,
        /** The register holds the last commit, and was written as often as there are commits. */
        REGISTER,
        /** An epoch has one holder, and epochs in the record never decrease. */
        EPOCH,
        /** No two are valid masters at the same time. */
        OVERLAP,
        /** A living holder's clock has run out before its session's successor is valid. */
        GUARD,
        /** There is a valid master again in time. */
        STUCK,
        /** No process ends by itself. */
        ENDED,
        /** Every change of master is explained by what was injected just then, and every injected one comes. */
        NEEDLESS
    }

    @Override
    public String toString() {
        return rule + ": " + detail;
    }
}
