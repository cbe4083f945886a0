package io.curia.core;

/** The actions that take time and come back; at most one of a kind is under way, renewals aside. */
public enum ActionKind {
    ASK_TO_JOIN, ADMIT_SELF, REGISTER, ENTER_LATCH, WITHDRAW_LATCH, CLAIM, RENEW, END_TENURE, STEP_ASIDE, SETTLE, LEAVE,
    REMOVE, NOTE, ASK_PERMISSION, ASK_HEIR
}
