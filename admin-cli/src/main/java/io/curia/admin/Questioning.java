package io.curia.admin;

import io.curia.admin.story.Witness;
import io.curia.admin.story.Witness.Answer;
import io.curia.model.Endpoint;
import io.curia.model.JournalEntry;
import io.curia.model.NodeId;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.JournalReply;
import io.curia.wire.message.JournalRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks nodes over TCP what they saw: all at once, each for a moment, and every one of them may keep silent. */
final class Questioning {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    /** More pages than a node keeps. */
    private static final int MAX_PAGES = 40;

    private Questioning() {
    }

    /** Returns what came of asking each of these. Blocks, for a few seconds at most. */
    static List<Witness> of(Map<NodeId, Optional<Endpoint>> addresses) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, addresses.size()), task -> {
            Thread thread = new Thread(task, "question");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<Witness>> asked = new ArrayList<>();
            addresses.forEach((id, address) -> asked.add(CompletableFuture.supplyAsync(() -> ask(id, address),
                    threads)));
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Witness ask(NodeId id, Optional<Endpoint> address) {
        if (address.isEmpty()) {
            return new Witness(id, address, Answer.NOT_ASKED, Optional.empty());
        }
        try (BlockingNodeClient client = BlockingNodeClient.connect(address.get(), CONNECT)) {
            return heard(id, address, client);
        } catch (NoAnswerException e) {
            return new Witness(id, address, switch (e.kind()) {
                case REFUSED -> Answer.REFUSED;
                case TIMEOUT, UNREACHABLE, UNKNOWN_HOST -> Answer.UNREACHABLE;
                case CLOSED, PROTOCOL, DECLINED -> Answer.OTHER;
            }, Optional.empty());
        }
    }

    private static Witness heard(NodeId id, Optional<Endpoint> address, BlockingNodeClient client) {
        try {
            List<JournalEntry> entries = new ArrayList<>();
            Optional<Page> quickest = Optional.empty();
            Optional<Page> page = page(id, client, -1);
            for (int pages = 1; page.isPresent() && pages <= MAX_PAGES; pages++) {
                Page now = page.get();
                quickest = quickest.filter(before -> before.took().compareTo(now.took()) <= 0)
                        .or(() -> Optional.of(now));
                entries.addAll(now.reply().entries());
                // One more when nothing is left: the first answer is too slow to compare the clocks by.
                page = now.reply().entries().isEmpty() ? Optional.empty() : page(id, client, last(entries));
            }
            return quickest.map(best -> new Witness(id, address, Answer.TOLD, Optional.of(new Witness.Account(
                            best.reply().begun(), best.ahead(), entries))))
                    .orElseGet(() -> new Witness(id, address, Answer.OTHER, Optional.empty()));
        } catch (NoAnswerException e) {
            // The connection stood: what does not answer then is no port that is closed.
            return new Witness(id, address, e.kind() == NoAnswerException.Kind.TIMEOUT ? Answer.SILENT : Answer.OTHER,
                    Optional.empty());
        }
    }

    private static long last(List<JournalEntry> entries) {
        return entries.get(entries.size() - 1).number();
    }

    /** Returns a page, unless somebody else answers at that address by now. */
    private static Optional<Page> page(NodeId id, BlockingNodeClient client, long after) {
        Instant sent = Instant.now();
        Optional<JournalReply> reply = client.ask(new JournalRequest(after), ANSWER).as(JournalReply.class);
        Duration took = Duration.between(sent, Instant.now());
        return reply.filter(said -> said.id().equals(id)).map(said -> new Page(said, sent, took));
    }

    /** An answer, when it was asked for and how long it took: its clock was read somewhere between. */
    private record Page(JournalReply reply, Instant sent, Duration took) {

        Duration ahead() {
            return Duration.between(sent.plus(took.dividedBy(2)), reply.asOf());
        }
    }
}
