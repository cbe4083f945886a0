package io.curia.admin;

import io.curia.model.Endpoint;
import io.curia.model.MemberStatus;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import java.time.Duration;

/** What a node says of the others. */
final class Members {

    private Members() {
    }

    /** Returns how many live members the node at this address has seen; 0 if it does not answer. */
    static long seenBy(Endpoint address) {
        try {
            return BlockingNodeClient.ask(address, MembersRequest.first(), AskTimeouts.of(Duration.ofSeconds(2)))
                    .as(MembersReply.class).map(reply -> reply.members().stream()
                            .filter(member -> member.status() == MemberStatus.LIVE).count()).orElse(0L);
        } catch (NoAnswerException e) {
            return 0;
        }
    }
}
