package io.curia.admin.doctor;

/** How much a finding matters. */
public enum Severity {
    /** The cluster is degraded: somebody should act. */
    FAULT,
    /** It works, and is less safe than it could be. */
    RISK,
    /** Good to know. */
    NOTE
}
