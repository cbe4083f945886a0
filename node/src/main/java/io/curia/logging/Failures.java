package io.curia.logging;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.List;

/**
 * What a line says of an exception. To the libraries a lost connection is an exception: its name is enough there, and
 * its stack would hide our words.
 */
final class Failures {

    private static final String LIBRARIES = "org.apache.";
    private static final int MAX_NAME_CHARS = 300;

    private final RootCauseFirstThrowableProxyConverter stacks = new RootCauseFirstThrowableProxyConverter();

    /** @param frames how many stack frames are told of each exception in the chain */
    Failures(int frames) {
        stacks.setOptionList(List.of(Integer.toString(frames)));
        stacks.start();
    }

    static boolean isBrief(ILoggingEvent event) {
        return event.getLoggerName().startsWith(LIBRARIES);
    }

    /** Returns what it was at the root of it, in one line. */
    static String brief(IThrowableProxy failure) {
        IThrowableProxy root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String words = root.getMessage() == null ? root.getClassName() : root.getClassName() + ": " + root.getMessage();
        int end = 0;
        while (end < Math.min(words.length(), MAX_NAME_CHARS) && words.charAt(end) >= ' ' && words.charAt(end) <= '~') {
            end++;
        }
        return words.substring(0, end);
    }

    /** Returns the stacks, root cause first, ending in a line's end. */
    String stacks(ILoggingEvent event) {
        return stacks.convert(event);
    }
}
