package io.curia.runtime;

import io.curia.core.Finding;
import io.curia.model.Member;
import io.curia.wire.Probe;
import io.curia.wire.ProbeResult;
import io.curia.wire.ProbeTimeouts;
import io.curia.wire.message.Pong;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** Looks at the address of a member, and says what that means for the registration that it was known by. */
final class Sightings {

    private final Probe probe;

    Sightings(Probe probe) {
        this.probe = probe;
    }

    /** Completes with what was found; on the port's thread. */
    CompletionStage<Finding> look(Member suspect, InetSocketAddress at) {
        return probe.look(at, ProbeTimeouts.DEFAULT).thenApply(result -> meaning(result, suspect));
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
}
