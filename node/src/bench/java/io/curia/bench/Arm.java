package io.curia.bench;

import java.time.Duration;
import java.util.List;

/** What is compared: Curia as it comes, Curia that waits for sessions to expire, and plain Curator. */
enum Arm {
    FAST("Curia"), SESSION("Curia --failover session"), BARE("bare Curator");

    private final String words;

    Arm(String words) {
        this.words = words;
    }

    boolean isCuria() {
        return this != BARE;
    }

    /** Returns the options with which a node of this arm is started. */
    List<String> nodeOptions(Duration sessionTimeout) {
        return List.of("--session-timeout", sessionTimeout.toMillis() + "ms", "--failover",
                this == SESSION ? "session" : "fast");
    }

    @Override
    public String toString() {
        return words;
    }
}
