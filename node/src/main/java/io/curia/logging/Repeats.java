package io.curia.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Lets a library say the same thing once a minute. Its client of ZooKeeper warns at every attempt to connect, which is
 * every second while the ensemble is down; the first of them is news, the others are how often. What the node itself
 * says it says when something changes, and what is below a warning somebody has asked for: neither is held back.
 */
final class Repeats extends Filter<ILoggingEvent> {

    private static final long ONCE_IN_MILLIS = 60_000;
    private static final int REMEMBERED = 64;

    private final Map<String, Said> said = new LinkedHashMap<>();

    /** When it was said last, and how often it was held back since. */
    private record Said(long atMillis, int heldBack) {
    }

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (!Failures.isBrief(event) || !event.getLevel().isGreaterOrEqual(Level.WARN)) {
            return FilterReply.NEUTRAL;
        }
        String what = event.getLoggerName() + '\n' + event.getMessage() + '\n'
                + (event.getThrowableProxy() == null ? "" : Failures.brief(event.getThrowableProxy()));
        Said before = said.get(what);
        if (before != null && event.getTimeStamp() - before.atMillis() < ONCE_IN_MILLIS) {
            said.put(what, new Said(before.atMillis(), before.heldBack() + 1));
            return FilterReply.DENY;
        }
        said.remove(what);
        if (said.size() == REMEMBERED) {
            said.remove(said.keySet().iterator().next());
        }
        said.put(what, new Said(event.getTimeStamp(), 0));
        if (before != null && before.heldBack() > 0 && event instanceof LoggingEvent counted) {
            counted.addKeyValuePair(new KeyValuePair("repeated", before.heldBack()));
        }
        return FilterReply.NEUTRAL;
    }
}
