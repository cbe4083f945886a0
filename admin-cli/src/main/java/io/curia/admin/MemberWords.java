package io.curia.admin;

import io.curia.document.MemberRow;
import io.curia.document.MembersDocument;
import io.curia.model.CandidacyNotes;
import io.curia.model.Drain;
import io.curia.model.Eligibility;
import io.curia.model.Endpoint;
import io.curia.model.Illness;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Penalty;
import io.curia.model.Veto;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.Wishes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Members as a node tells them, and in words for people. */
final class MemberWords {

    private MemberWords() {
    }

    /** Returns the cluster as a node tells it: its last page, and the rows of all pages. */
    static MembersDocument told(MembersReply page, List<io.curia.wire.message.MemberRow> rows, Instant now) {
        Wishes wishes = page.wishes().standing(page.epoch(), now);
        return new MembersDocument(page.cluster(), page.uuid(), page.epoch(), page.master().map(NodeId::value),
                rows.stream().map(row -> told(row, now)).toList(), wishes.pause(), wishes.switchover());
    }

    /** Returns the row of a member as a node tells it; what an older one does not tell is taken for the usual. */
    private static MemberRow told(io.curia.wire.message.MemberRow told, Instant now) {
        return new MemberRow(told.id().value(), told.status(), told.role().name(),
                told.kind().orElse(MemberKind.CANDIDATE), told.address().map(Endpoint::toString),
                told.incarnation().map(Incarnation::value), told.pid(), told.host(), told.since(), told.version(),
                told.tags(), told.sponsor().map(NodeId::value), told.reason(), told.by(), told.until(),
                told.eligibility().map(word -> byNow(word, told.notes(), now)), told.priority(), told.notes());
    }

    /** A node tells how it was when it last read: what ends by itself may have ended since. */
    private static Eligibility byNow(Eligibility told, CandidacyNotes notes, Instant now) {
        boolean vetoOver = told == Eligibility.VETOED && notes.veto().filter(no -> no.runs(now)).isEmpty();
        boolean penaltyRuns = notes.penalty().filter(penalty -> penalty.runs(now)).isPresent();
        boolean penaltyOver = told == Eligibility.FLAPPING && notes.penalty().isPresent() && !penaltyRuns;
        return vetoOver && penaltyRuns ? Eligibility.FLAPPING
                : vetoOver || penaltyOver ? Eligibility.READY : told;
    }

    /** Returns what a person should know of this row beyond its columns. */
    static String note(MemberRow row, Instant now) {
        if (row.status() == MemberStatus.EVICTED) {
            String why = row.reason().filter(text -> !text.isEmpty()).map(text -> ": " + text).orElse("");
            return "by " + row.by().orElse("?") + row.until().map(end -> spellEnd(end, now)).orElse("") + why;
        }
        return Stream.of(row.sponsor().map(id -> "guest of " + id), row.reason(), row.notes().drain().map(Drain::words),
                        row.notes().illness().filter(ill -> row.status() == MemberStatus.LIVE).map(Illness::words),
                        row.notes().penalty().filter(penalty -> penalty.runs(now)).map(Penalty::words),
                        row.notes().veto().filter(no -> row.status() == MemberStatus.LIVE).map(Veto::words))
                .flatMap(Optional::stream).collect(Collectors.joining("; "));
    }

    private static String spellEnd(Instant end, Instant now) {
        return now.isBefore(end) ? ", until " + Age.exactly(end) : ", ban ended, may rejoin";
    }
}
