package io.curia.admin;

import io.curia.model.Endpoint;
import io.curia.model.MemberStatus;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import java.time.Duration;
import java.util.Optional;

/** What a node says of the others. */
final class Members {

    private static final AskTimeouts PATIENCE = AskTimeouts.of(Duration.ofSeconds(2));

    private Members() {
    }

    /** Returns how many live members the node at this address has seen; 0 if it does not answer. */
    static long seenBy(Endpoint address) {
        try {
            long live = 0;
            Optional<MembersRequest> next = Optional.of(MembersRequest.first());
            while (next.isPresent()) {
                Optional<MembersReply> page = BlockingNodeClient.ask(address, next.get(), PATIENCE)
                        .as(MembersReply.class);
                live += page.stream().flatMap(reply -> reply.members().stream())
                        .filter(member -> member.status() == MemberStatus.LIVE).count();
                next = page.flatMap(MembersReply::next).map(last -> new MembersRequest(Optional.of(last)));
            }
            return live;
        } catch (NoAnswerException e) {
            return 0;
        }
    }
}
