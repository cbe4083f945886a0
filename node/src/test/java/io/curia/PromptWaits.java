package io.curia;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests look again sooner than Awaitility does unless told otherwise: most of what they wait for takes less than the
 * tenth of a second after which it would look first. Found by JUnit itself, in both modules.
 */
public final class PromptWaits implements BeforeAllCallback {

    private static final Duration INTERVAL = Duration.ofMillis(40);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(INTERVAL);
    }
}
