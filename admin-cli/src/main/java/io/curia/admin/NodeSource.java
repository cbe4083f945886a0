package io.curia.admin;

import io.curia.admin.witness.NodeLine;
import io.curia.cli.ExitCode;
import io.curia.document.MembersDocument;
import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import io.curia.store.StoreException;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.MasterRequest;
import io.curia.wire.message.MemberRow;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Reply;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What the members of a cluster say of it: the same reports as from ZooKeeper, without a session there. */
final class NodeSource {

    /** More pages than a cluster of any size has; a node that goes on for ever is not believed. */
    private static final int MOST_PAGES = 10_000;

    private final NodeLine.Dialler dialler;
    private final List<Endpoint> nodes;
    private final Duration patience;
    private final Optional<String> cluster;

    /**
     * @param nodes whom to ask; the first that answers is taken at its word
     * @param patience how long one connection, and how long one answer, is waited for
     * @param cluster the cluster that they must be members of; empty: any
     */
    NodeSource(NodeLine.Dialler dialler, List<Endpoint> nodes, Duration patience, Optional<String> cluster) {
        this.dialler = dialler;
        this.nodes = List.copyOf(nodes);
        this.patience = patience;
        this.cluster = cluster;
    }

    /**
     * Returns everybody in the roster, as the first node that answers has read it.
     *
     * @throws StoreException {@code UNAVAILABLE} if none answers
     */
    MembersReport members(Instant now) {
        return everybody(now, (told, source) -> new MembersReport(told, source, now));
    }

    /**
     * Returns who is kept out, as the first node that answers has read it.
     *
     * @throws StoreException {@code UNAVAILABLE} if none answers
     */
    EvictionsReport evictions(Instant now) {
        return everybody(now, (told, source) -> new EvictionsReport(told, Optional.of(source), now));
    }

    private <T> T everybody(Instant now, BiFunction<MembersDocument, Provenance, T> report) {
        return ask(line -> {
            StatusReply status = status(line);
            List<MemberRow> rows = new ArrayList<>();
            MembersReply last = rows(line, rows);
            return report.apply(MemberWords.told(last, rows, now), provenance(status, last.asOf()));
        });
    }

    /**
     * Returns everybody in the roster, as {@link #members} does, to be worked with.
     *
     * @throws StoreException {@code UNAVAILABLE} if none answers
     */
    List<MemberRow> rows() {
        return ask(line -> {
            status(line);
            List<MemberRow> rows = new ArrayList<>();
            rows(line, rows);
            return rows;
        });
    }

    /** Adds the rows of all pages; returns the last page. */
    private MembersReply rows(NodeLine line, List<MemberRow> rows) {
        MembersReply page = page(line, MembersRequest.first());
        rows.addAll(page.members());
        for (int pages = 1; page.next().isPresent(); pages++) {
            MembersReply next = page(line, new MembersRequest(page.next()));
            if (pages == MOST_PAGES || next.members().isEmpty()) {
                throw new StoreException(StoreException.Kind.CORRUPT, "the list of members does not end");
            }
            page = next;
            rows.addAll(page.members());
        }
        return page;
    }

    private MembersReply page(NodeLine line, MembersRequest request) {
        return expect(line.ask(request, patience), MembersReply.class);
    }

    /**
     * Returns who is master, as the first node that answers knows it.
     *
     * @param wide whether the master's host and incarnation are wanted, which takes one more question
     * @throws StoreException {@code UNAVAILABLE} if none answers
     */
    MasterReport master(boolean wide, Instant now) {
        return ask(line -> {
            StatusReply status = status(line);
            MasterReply master = expect(line.ask(new MasterRequest(), patience), MasterReply.class);
            Optional<MemberRow> row = master.master().filter(info -> wide).flatMap(info -> page(line,
                    before(info.id())).members().stream().filter(member -> member.id().equals(info.id())).findFirst());
            return new MasterReport(master, row, provenance(status, master.asOf()), now);
        });
    }

    /** A list that begins right at this id, or a little before: ids are sorted, and begin with a letter or digit. */
    private static MembersRequest before(NodeId id) {
        String shorter = id.value().substring(0, id.value().length() - 1);
        return shorter.isEmpty() ? MembersRequest.first() : new MembersRequest(Optional.of(NodeId.of(shorter)));
    }

    private StatusReply status(NodeLine line) {
        StatusReply status = expect(line.ask(new StatusRequest(), patience), StatusReply.class);
        cluster.filter(wanted -> !wanted.equals(status.cluster())).ifPresent(wanted -> {
            throw new CommandFailure(ExitCode.NOT_FOUND, status.id() + " at " + status.address()
                    + " is a member of cluster '" + status.cluster() + "', not of '" + wanted + "'");
        });
        return status;
    }

    private static Provenance provenance(StatusReply status, Instant asOf) {
        return new Provenance(status.id(), status.address(), asOf, !status.connected());
    }

    private static <T extends Reply> T expect(Reply reply, Class<T> kind) {
        return reply.as(kind).orElseThrow(() -> new StoreException(StoreException.Kind.UNAVAILABLE,
                reply instanceof ErrorReply error ? error.code() + " " + error.detail()
                        : "an answer to something else"));
    }

    private <T> T ask(Function<NodeLine, T> question) {
        List<String> failures = new ArrayList<>();
        for (Endpoint node : nodes) {
            try (NodeLine line = dialler.dial(node, patience)) {
                return question.apply(line);
            } catch (NoAnswerException e) {
                failures.add(e.getMessage());
            } catch (StoreException e) {
                failures.add(node + ": " + e.getMessage());
            }
        }
        throw new StoreException(StoreException.Kind.UNAVAILABLE, String.join("; ", failures));
    }
}
