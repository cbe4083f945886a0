package io.curia.model;

/**
 * A TCP address as people write it: {@code host:port}, IPv6 in brackets. Never resolved here.
 *
 * <p>The host may carry the {@code /8} that the tutorial's programs append to their address; it is
 * dropped on parsing, so that the address can be dialled.
 */
public record Endpoint(String host, int port) {

    private static final int MAX_HOST = 253;

    public Endpoint {
        if (host == null || host.isBlank() || host.length() > MAX_HOST
                || host.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '/' || c == 127)) {
            throw new IllegalArgumentException("host: " + Quoted.of(host)
                    + " (expected: a host name or an IP address)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0-65535)");
        }
    }

    /** Returns the endpoint with this host, a trailing {@code /prefix-length} dropped, and this port. */
    public static Endpoint of(String host, int port) {
        int slash = host == null ? -1 : host.indexOf('/');
        return new Endpoint(slash < 0 ? host : host.substring(0, slash), port);
    }

    /**
     * Returns the endpoint written as {@code text}.
     *
     * @throws IllegalArgumentException if it is not {@code host:port}, {@code [v6]:port} or {@code :port}
     *     (this host's loopback)
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("address: " + Quoted.of(text) + " (expected: HOST:PORT)");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "address: " + Quoted.of(text) + " (expected: HOST:PORT, an IPv6 address in brackets)");
        }
        return of(host.isEmpty() ? "127.0.0.1" : host, parsePort(text.substring(colon + 1)));
    }

    private static int parsePort(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("port: " + Quoted.of(text) + " (expected: 0-65535)", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
