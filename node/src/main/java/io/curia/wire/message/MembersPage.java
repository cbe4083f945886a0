package io.curia.wire.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a list of members to what fits one line. */
final class MembersPage {

    private MembersPage() {}

    /**
     * Returns {@code reply} itself if it fits a line, else its longest beginning that does, with {@code next} set.
     * At least one row is kept, so that an asker always gets further.
     */
    static MembersReply fitting(MembersReply reply) {
        List<MemberRow> page = new ArrayList<>();
        // What the line needs besides its rows, and for a longest possible id to go on from.
        int used = MessageCodec.utf8(MessageEncoder.text(reply.withPage(List.of(), Optional.empty()))).length + 96;
        for (MemberRow row : reply.members()) {
            int size = sizeOf(row) + 1;
            if (used + size > MessageCodec.MAX_LINE) {
                if (!page.isEmpty()) {
                    return reply.withPage(page, Optional.of(page.get(page.size() - 1).id()));
                }
                return firstAlone(reply, row);
            }
            used += size;
            page.add(row);
        }
        return reply;
    }

    private static MembersReply firstAlone(MembersReply reply, MemberRow row) {
        boolean last = reply.members().size() == 1;
        return reply.withPage(List.of(row.bare()), last ? Optional.empty() : Optional.of(row.id()));
    }

    private static int sizeOf(MemberRow row) {
        return MessageCodec.utf8(MembersText.json(row).text()).length;
    }
}
