package io.curia.admin;

import io.curia.admin.story.Story;
import io.curia.document.Fields;
import io.curia.document.Reign;
import io.curia.model.ClusterIdentity;
import java.util.List;
import java.util.Map;

/** Why a mastership began: the culprit, the sentence, and what happened in which order. */
final class WhyReport implements Report {

    private static final List<String> COLUMNS = List.of("TIME", "WHO", "WHAT");
    private static final List<String> WIDE_COLUMNS = List.of("TIME", "WHO", "KIND", "WHAT");

    private final ClusterIdentity cluster;
    private final Story story;

    WhyReport(ClusterIdentity cluster, Story story) {
        this.cluster = cluster;
        this.story = story;
    }

    /** Returns the answer in a few lines: the sentence, and who could not be heard. */
    String answer() {
        StringBuilder text = new StringBuilder("epoch " + story.epoch() + " of " + story.id() + " began because "
                + story.sentence() + " [" + story.culprit() + "]");
        story.silent().forEach(silent -> text.append('\n').append("not heard: ").append(silent));
        return text.toString();
    }

    @Override
    public String headline() {
        return "cluster " + cluster.name() + ", epoch " + story.epoch();
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", cluster.name()).add("uuid", cluster.uuid())
                .add("epoch", story.epoch().number()).add("id", story.id().value())
                .add("before", story.before().map(this::before).orElse(null))
                .add("culprit", story.culprit().name()).add("sentence", story.sentence())
                .add("timeline", story.timeline().stream().map(line -> new Fields()
                        .add("time", Fields.timestamp(line.time())).add("source", line.source())
                        .add("kind", line.kind()).add("words", line.words()).build()).toList())
                .add("notHeard", story.silent()).build();
    }

    private Map<String, Object> before(Reign old) {
        return new Fields().add("epoch", old.epoch().number()).add("id", old.id().value())
                .add("since", old.since()).add("until", old.until()).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        for (Story.Line line : story.timeline()) {
            Table.Cell time = Table.Cell.of(Fields.timestamp(line.time()));
            Table.Cell who = Table.Cell.of(line.source());
            Table.Cell what = Table.Cell.of(wide ? line.words() : line.kind() + " " + line.words());
            table.row(wide ? List.of(time, who, Table.Cell.of(line.kind()), what) : List.of(time, who, what));
        }
        return table;
    }

    @Override
    public List<String> names() {
        return List.of(story.culprit().name());
    }
}
