package io.curia.logging;

/** What a line of the log looks like. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line, for collectors of logs. */
    JSON
}
