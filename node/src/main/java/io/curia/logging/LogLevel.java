package io.curia.logging;

import java.util.Locale;
import java.util.Optional;

/** From which severity on something is logged. */
public enum LogLevel {
    TRACE, DEBUG, INFO, WARN, ERROR, OFF;

    /** Returns the level of this name, in whatever case; empty if there is none. */
    public static Optional<LogLevel> of(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        for (LogLevel level : values()) {
            if (level.name().equals(wanted)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
