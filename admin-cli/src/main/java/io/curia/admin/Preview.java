package io.curia.admin;

/** What a change would come to: shown before asking, and the whole of a dry run. */
interface Preview extends Report {

    /** Returns whether it may be made without a second thought. */
    boolean isSafe();
}
