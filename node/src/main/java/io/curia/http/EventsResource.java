package io.curia.http;

import io.curia.store.History;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The stream of events, {@code text/event-stream}: opened by GET, for as long as its reader reads. */
final class EventsResource implements Resource {

    private static final String TYPE = "text/event-stream";
    private final EventHub hub;

    EventsResource(Subject subject, Executor reader, EventLoop loop, HttpLimits limits) {
        this.hub = new EventHub(subject, reader, loop, limits);
    }

    /** To whoever wants the headers alone. */
    @Override
    public CompletionStage<Answer> answer(Question question) {
        return Answer.of(200, TYPE, new byte[0]).now();
    }

    /** Tells {@code reader} from the port's next turn on; returns why not, if so. */
    Optional<Answer> open(Question question, EventStream.Reader reader) {
        Optional<String> wanted = question.lastEventId().filter(id -> !id.isEmpty())
                .or(() -> question.parameter("since"));
        // What is below the first number stands for the beginning.
        if (wanted.filter(text -> !text.matches("-1|\\d{1,18}")).isPresent()) {
            return Optional.of(Answer.error(400, "BAD_REQUEST",
                    "since: the number of an event is expected, or " + History.BEGINNING + " for the beginning"));
        }
        OptionalLong since = wanted.stream().mapToLong(Long::parseLong).findFirst();
        Optional<String> last = question.parameter("last");
        if (last.filter(text -> !text.matches("\\d{1,9}")).isPresent()) {
            return Optional.of(Answer.error(400, "BAD_REQUEST", "last: a number of events is expected"));
        }
        return hub.open(reader, since, last.map(Long::parseLong).orElse(0L)) ? Optional.empty()
                : Optional.of(Answer.error(503, "BUSY", "as many streams as are allowed are being read")
                        .with("Retry-After", "5"));
    }
}
