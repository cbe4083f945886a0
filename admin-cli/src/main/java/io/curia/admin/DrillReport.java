package io.curia.admin;

import io.curia.admin.drill.DrillResult;
import io.curia.admin.drill.DrillWords;
import io.curia.admin.drill.Figure;
import io.curia.admin.drill.Millis;
import io.curia.admin.drill.Round;
import io.curia.admin.drill.Series;
import io.curia.document.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What came of a drill: a row a round, and the figures over all of them. Durations are milliseconds. */
final class DrillReport implements Report {

    private static final List<String> COLUMNS = List.of("ROUND", "MASTER", "THEN", "EPOCH", "REMOVED", "CLAIMED",
            "VALID", "NO-MASTER", "TWO-MASTERS", "BACK", "OUTCOME");

    private final DrillResult result;

    DrillReport(DrillResult result) {
        this.result = result;
    }

    @Override
    public String headline() {
        return DrillWords.of(result);
    }

    @Override
    public Map<String, Object> document() {
        Fields statistics = new Fields();
        for (Figure figure : Figure.values()) {
            statistics.add(figure.field(), result.series(figure).map(DrillReport::fields).orElse(null));
        }
        return Fields.document().add("cluster", result.cluster()).add("uuid", result.uuid())
                .add("drill", result.fault().verb()).add("roundsAsked", result.asked())
                .add("objectiveMs", result.objective().map(Duration::toMillis).orElse(null))
                .add("verdict", result.verdict().name()).add("startedAt", Optional.of(result.startedAt()))
                .add("endedAt", Optional.of(result.endedAt())).add("overall", statistics.build())
                .add("rounds", result.rounds().stream().map(this::fields).toList()).build();
    }

    private static Map<String, Object> fields(Series series) {
        return new Fields().add("median", Millis.of(series.median())).add("p95", Millis.of(series.percentile(95)))
                .add("p99", Millis.of(series.percentile(99))).add("max", Millis.of(series.greatest())).build();
    }

    private Map<String, Object> fields(Round round) {
        Fields fields = new Fields().add("round", round.number()).add("startedAt", Optional.of(round.startedAt()))
                .add("master", round.victim().id().value()).add("pid", round.victim().pid())
                .add("host", round.victim().host()).add("address", round.victim().address().toString())
                .add("epochBefore", round.victim().epoch().number())
                .add("newMaster", round.successor().map(Object::toString).orElse(null))
                .add("epochAfter", round.epochAfter().map(epoch -> epoch.number()).orElse(null));
        for (Figure figure : Figure.values()) {
            fields.add(figure.field(), figure.of(round).map(Millis::of).orElse(null));
        }
        return fields.add("rightedMs", round.righted().map(Millis::of).orElse(null)).add("answers", round.answers())
                .add("missed", round.misses(result.objective())).add("missing", round.missing().orElse(null)).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(COLUMNS);
        result.rounds().forEach(round -> table.row(cells(round)));
        addOverall(table, "median", Series::median);
        addOverall(table, "p95", series -> series.percentile(95));
        addOverall(table, "p99", series -> series.percentile(99));
        addOverall(table, "max", Series::greatest);
        return table;
    }

    private List<Table.Cell> cells(Round round) {
        List<Table.Cell> cells = new ArrayList<>(List.of(Table.Cell.of(Integer.toString(round.number())),
                Table.Cell.of(round.victim().id().value()),
                Table.Cell.of(round.successor().map(Object::toString).orElse(null)),
                Table.Cell.of(round.victim().epoch() + ">" + round.epochAfter().map(Object::toString).orElse("?"))));
        boolean missed = round.misses(result.objective());
        for (Figure figure : Figure.values()) {
            boolean bad = missed && (figure == Figure.WITHOUT_MASTER || figure == Figure.TWO_MASTERS);
            cells.add(new Table.Cell(figure.of(round).map(Millis::spell).orElse(""),
                    bad ? Table.Style.BAD : Table.Style.PLAIN));
        }
        cells.add(missed ? new Table.Cell("missed", Table.Style.BAD) : round.missing()
                .map(missing -> new Table.Cell(missing, Table.Style.WARNING))
                .orElse(new Table.Cell("ok", Table.Style.GOOD)));
        return cells;
    }

    private void addOverall(Table table, String name, Function<Series, Duration> value) {
        if (result.rounds().isEmpty()) {
            return;
        }
        List<Table.Cell> cells = new ArrayList<>(List.of(new Table.Cell(name, Table.Style.BOLD), Table.Cell.of(""),
                Table.Cell.of(""), Table.Cell.of("")));
        for (Figure figure : Figure.values()) {
            cells.add(new Table.Cell(result.series(figure).map(value).map(Millis::spell).orElse(""),
                    Table.Style.BOLD));
        }
        cells.add(Table.Cell.of(""));
        table.row(cells);
    }

    @Override
    public List<String> names() {
        return result.rounds().stream().flatMap(round -> round.successor().stream()).map(Object::toString).toList();
    }
}
