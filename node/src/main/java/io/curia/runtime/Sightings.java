package io.curia.runtime;

import io.curia.core.Finding;
import io.curia.model.Endpoint;
import io.curia.model.Member;
import io.curia.wire.Probe;
import io.curia.wire.ProbeResult;
import io.curia.wire.ProbeTimeouts;
import io.curia.wire.message.Pong;
import io.curia.wire.message.WitnessReply.Seen;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks at the address of a member, and says what that means for the registration that it was known by. */
final class Sightings {

    private final Probe probe;

    Sightings(Probe probe) {
        this.probe = probe;
    }

    /** Completes with what was found where it was reached, or else where it is registered; on the port's thread. */
    CompletionStage<Finding> look(Member suspect, Optional<InetSocketAddress> at) {
        return at.map(reached -> probe.look(reached, ProbeTimeouts.DEFAULT))
                .orElseGet(() -> probe.look(suspect.address(), ProbeTimeouts.DEFAULT))
                .thenApply(result -> meaning(result, suspect))
                .thenCompose(finding -> finding.convicts() && suspect.keeperPort().isPresent()
                        ? lookAtKeeper(finding, suspect, at) : CompletableFuture.completedStage(finding));
    }

    /**
     * A node is gone, and what it ran as master may not be yet: its keeper holds a port open until it is. Whatever is
     * found there but a refusal, the node is not known to be dead for the purposes of a successor.
     */
    private CompletionStage<Finding> lookAtKeeper(Finding ofNode, Member suspect, Optional<InetSocketAddress> at) {
        int port = suspect.keeperPort().orElseThrow();
        return at.map(reached -> probe.look(new InetSocketAddress(reached.getAddress(), port), ProbeTimeouts.DEFAULT))
                .orElseGet(() -> probe.look(new Endpoint(suspect.address().host(), port), ProbeTimeouts.DEFAULT))
                .thenApply(result -> switch (result.sight()) {
                    case REFUSED -> ofNode;
                    case UNREACHABLE -> Finding.UNREACHABLE;
                    case ANSWERED, HUNG_UP, SILENT, STRANGER -> Finding.HUNG_UP;
                });
    }

    private static Finding meaning(ProbeResult result, Member suspect) {
        return switch (result.sight()) {
            case ANSWERED -> meaning(result.pong().orElseThrow(), suspect);
            case REFUSED -> Finding.REFUSED;
            case HUNG_UP -> Finding.HUNG_UP;
            case SILENT -> Finding.SILENT;
            case UNREACHABLE -> Finding.UNREACHABLE;
            case STRANGER -> Finding.STRANGER;
        };
    }

    private static Finding meaning(Pong pong, Member suspect) {
        if (!pong.id().equals(suspect.id())) {
            return Finding.STRANGER;
        }
        return pong.incarnation().equals(suspect.incarnation()) ? Finding.SAME : Finding.NEWER;
    }

    /** Returns how a witness says it. */
    static Seen told(Finding finding) {
        return switch (finding) {
            case SAME -> Seen.ALIVE;
            case REFUSED -> Seen.REFUSED;
            case NEWER -> Seen.NEWER;
            case UNREACHABLE -> Seen.UNREACHABLE;
            case HUNG_UP, SILENT -> Seen.UNCLEAR;
            case STRANGER -> Seen.UNKNOWN;
        };
    }

    /** Returns what a witness said it found; empty if it has no opinion. */
    static Optional<Finding> heard(Seen seen) {
        return switch (seen) {
            case ALIVE -> Optional.of(Finding.SAME);
            case REFUSED -> Optional.of(Finding.REFUSED);
            case NEWER -> Optional.of(Finding.NEWER);
            case UNREACHABLE -> Optional.of(Finding.UNREACHABLE);
            case UNCLEAR -> Optional.of(Finding.SILENT);
            case UNKNOWN -> Optional.empty();
        };
    }
}
