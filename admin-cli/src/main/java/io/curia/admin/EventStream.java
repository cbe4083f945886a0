package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.document.EventDocument;
import io.curia.document.Fields;
import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.store.History;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Events printed one by one as they are recorded. Losing ZooKeeper for a while delays them and loses none: where to go
 * on is a number, and what was dropped meanwhile is counted and said.
 */
final class EventStream {

    private static final Duration STEP = Duration.ofMillis(100);
    /** How often to look although nobody said that something was recorded. */
    private static final int STEPS_A_LOOK = 50;

    private final Surroundings surroundings;
    private final Terminal terminal;
    private final OutputFormat format;
    private boolean trouble;

    EventStream(Surroundings surroundings, OutputFormat format) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
        this.format = format;
    }

    /** Prints {@code events}. */
    void tell(List<ClusterEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> write(event, text));
        terminal.out().print(text);
        terminal.out().flush();
    }

    /** Says that events after {@code seq} were not remembered, if there are any. */
    void missed(long seq, long forgotten) {
        if (forgotten > 0) {
            terminal.err().println("missed " + forgotten + (forgotten == 1 ? " event" : " events") + " after number "
                    + seq + ": not remembered any more");
        }
    }

    /**
     * Prints what is recorded after {@code seq}, until this thread is interrupted or stdout is closed by its reader;
     * returns the exit code then.
     */
    int follow(History history, long seq, Set<EventType> types) throws InterruptedException {
        long last = seq;
        AtomicBoolean changed = new AtomicBoolean();
        int steps = 0;
        boolean watching = false;
        if (format.isForPeople()) {
            terminal.err().println("following from number " + Math.max(0, last + 1) + " on; Ctrl-C ends it");
        }
        while (!terminal.out().checkError()) {
            try {
                if (!watching || changed.getAndSet(false) || ++steps % STEPS_A_LOOK == 0) {
                    // Set before reading, so that nothing falls between the two.
                    watching = false;
                    history.watch(() -> changed.set(true));
                    watching = true;
                    last = look(history, last, types);
                }
            } catch (StoreException e) {
                if (!Confirmation.mayPass(e)) {
                    throw e;
                }
                say(true);
            }
            surroundings.time().pause(STEP);
        }
        return ExitCode.OK.code();
    }

    private long look(History history, long last, Set<EventType> types) {
        History.Excerpt excerpt = history.after(last, types);
        say(false);
        if (excerpt.last() < last) {
            terminal.err().println("the history began anew: the last event is now " + excerpt.last()
                    + ", after number " + last + "; going on from its beginning");
            return look(history, History.BEGINNING, types);
        }
        missed(last, excerpt.forgotten());
        tell(excerpt.events());
        return excerpt.last();
    }

    private void say(boolean nowInTrouble) {
        if (nowInTrouble != trouble) {
            terminal.err().println(nowInTrouble ? "ZooKeeper cannot be reached; what happens meanwhile follows later"
                    : "ZooKeeper answers again");
        }
        trouble = nowInTrouble;
    }

    private void write(ClusterEvent event, StringBuilder out) {
        switch (format) {
            case TABLE, WIDE -> out.append(line(event)).append('\n');
            case JSON, YAML, NAME -> format.on(terminal, true).write(new Single(event), out);
        }
    }

    /** Widths are not known in advance, so what is short comes first and words come last. */
    private String line(ClusterEvent event) {
        Happening what = event.what();
        String text = String.format("%s  %5d  %-14s  %-10s  %s", Fields.timestamp(event.time()), event.seq(),
                event.type(), what.id().map(Object::toString).orElse("-"), words(what));
        return Table.Cell.of(text.strip()).text();
    }

    private static String words(Happening what) {
        return (what.epoch().map(epoch -> "epoch " + epoch + " ").orElse("")
                + what.cause().map(cause -> cause + " ").orElse("")
                + what.duration().map(length -> "after " + EventCells.spell(length) + " ").orElse("")
                + (what.actor().isEmpty() ? "" : "by " + what.actor())
                + (what.reason().isEmpty() ? "" : ": " + what.reason())).strip();
    }

    /** One event as a document of its own. */
    private record Single(ClusterEvent event) implements Report {

        @Override
        public String headline() {
            return event.type().name();
        }

        @Override
        public Map<String, Object> document() {
            return EventDocument.addTo(Fields.document(), event);
        }

        @Override
        public Table table(boolean wide) {
            return new Table(List.of());
        }

        @Override
        public List<String> names() {
            return List.of(Long.toString(event.seq()));
        }
    }
}
