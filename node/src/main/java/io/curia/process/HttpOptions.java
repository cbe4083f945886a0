package io.curia.process;

import io.curia.http.HttpLimits;
import io.curia.http.HttpSettings;
import io.curia.model.Endpoint;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that have a node answer over HTTP. */
final class HttpOptions {

    @Option(names = "--http-port", paramLabel = "PORT",
            description = "Answer over HTTP on this port; 0 for any free one (default: do not). See docs/http.md.")
    private Integer port;

    @Option(names = "--http-host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "Address for it; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--http-allowed-host", paramLabel = "NAME", split = ",",
            description = "Name under which it may be asked, besides addresses and localhost (default: no other on the "
                    + "loopback, else any).")
    private List<String> allowedHosts = List.of();

    /** Returns whether anything of HTTP is wanted; nothing of it is loaded if not. */
    boolean wanted() {
        return port != null;
    }

    /** Returns what is wanted, or throws {@link IllegalArgumentException}. */
    HttpSettings settings() {
        return new HttpSettings(Endpoint.of(host, port), Set.copyOf(allowedHosts), HttpLimits.DEFAULT);
    }
}
