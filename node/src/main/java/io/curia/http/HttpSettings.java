package io.curia.http;

import io.curia.model.Endpoint;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a node answers over HTTP, and whom.
 *
 * @param bind the address to listen on; port 0 takes a free one
 * @param allowedHosts the names, besides addresses and {@code localhost}, under which it may be asked; empty: those
 *     alone if it listens on the loopback, else any
 * @param limits what it allows to strangers
 */
public record HttpSettings(Endpoint bind, Set<String> allowedHosts, HttpLimits limits) {

    public HttpSettings {
        Objects.requireNonNull(bind, "bind");
        allowedHosts = allowedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        Objects.requireNonNull(limits, "limits");
    }

    /** Returns the usual settings for this address, {@code HOST:PORT}. */
    public static HttpSettings at(String bind) {
        return new HttpSettings(Endpoint.parse(bind), Set.of(), HttpLimits.DEFAULT);
    }
}
