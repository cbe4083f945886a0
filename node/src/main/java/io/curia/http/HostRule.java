package io.curia.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Under which names a port may be asked. A page of somebody else's can have its own name point to the loopback of
 * whoever reads it, and would then read along; the name that it was asked under gives it away.
 */
final class HostRule {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("\\[[0-9a-f:.]+(%[0-9a-z]+)?]");

    private final boolean anyName;
    private final Set<String> names;

    HostRule(HttpSettings settings) {
        this.anyName = settings.allowedHosts().isEmpty() && !isLoopback(settings.bind().toString());
        this.names = settings.allowedHosts();
    }

    /** Returns whether {@code HOST:PORT} is of this host only, as far as its words go. */
    static boolean isLoopback(String address) {
        String host = nameOf(address);
        return host.startsWith("127.") && V4.matcher(host).matches() || host.equals("[::1]")
                || host.equals("localhost");
    }

    /** Returns whether a request with this {@code Host} header is answered. */
    boolean admits(String header) {
        String name = nameOf(header);
        return anyName || V4.matcher(name).matches() || V6.matcher(name).matches() || name.equals("localhost")
                || names.contains(name);
    }

    private static String nameOf(String header) {
        String lower = header.strip().toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon > lower.lastIndexOf(']');
        return hasPort ? lower.substring(0, colon) : lower;
    }
}
