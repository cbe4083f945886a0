package io.curia.admin.drill;

import static io.curia.admin.drill.JUnitDocument.escaped;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A drill as one page of HTML that needs nothing else: figures, plots, and every round. */
public final class DrillPage {

    private static final String STYLE = "page.css";

    private final DrillResult result;
    private final StringBuilder html = new StringBuilder();

    private DrillPage(DrillResult result) {
        this.result = result;
    }

    /** Returns the page, ended with a line end. */
    public static String of(DrillResult result) {
        return new DrillPage(result).page();
    }

    private String page() {
        String title = escaped(result.fault().verb() + " · cluster " + result.cluster());
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>").append(title).append("</title>\n<style>\n").append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<h1>").append(title).append("</h1>\n");
        summary();
        if (!result.rounds().isEmpty()) {
            DrillPlots plots = new DrillPlots(result);
            figure("Without a valid master, by round", plots.bars(),
                    result.objective().isPresent() ? "Milliseconds; the line is the objective." : "Milliseconds.");
            figure("What happened when, by round", plots.timelines(),
                    "From the fault: until the registration was gone, the new epoch recorded, a new master valid.");
        }
        statistics();
        rounds();
        html.append("<p class=\"note\">Without a master counts all time not certainly covered by a node that says it "
                + "is the valid master; two masters counts time certainly covered by two. Durations are milliseconds "
                + "from the moment just before the fault.</p>\n</main>\n</body>\n</html>\n");
        return html.toString();
    }

    private static String style() {
        try (InputStream css = DrillPage.class.getResourceAsStream(STYLE)) {
            if (css == null) {
                throw new IllegalStateException("resource: " + STYLE + " is missing (expected: beside this class)");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + STYLE + " failed", e);
        }
    }

    private void summary() {
        boolean good = result.verdict() == DrillResult.Verdict.PASSED;
        html.append("<p class=\"verdict ").append(good ? "good" : "bad").append("\">")
                .append(escaped(capitalised(DrillWords.verdict(result)))).append("</p>\n<p class=\"note\">")
                .append(result.startedAt().truncatedTo(ChronoUnit.SECONDS)).append(" · ")
                .append(Duration.between(result.startedAt(), result.endedAt()).toSeconds()).append(" s · uuid ")
                .append(escaped(result.uuid())).append("</p>\n<dl class=\"cards\">\n");
        card("Rounds", result.rounds().size() + " of " + result.asked());
        Optional<Series> without = result.series(Figure.WITHOUT_MASTER);
        card("No master, median", without.map(series -> Millis.spell(series.median()) + " ms").orElse("–"));
        card("No master, worst", without.map(series -> Millis.spell(series.greatest()) + " ms").orElse("–"));
        card("Two masters, worst", result.series(Figure.TWO_MASTERS)
                .map(series -> Millis.spell(series.greatest()) + " ms").orElse("–"));
        html.append("</dl>\n");
    }

    private static String capitalised(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private void card(String name, String value) {
        html.append("<div><dt>").append(name).append("</dt><dd>").append(escaped(value)).append("</dd></div>\n");
    }

    private void figure(String heading, String svg, String caption) {
        html.append("<h2>").append(heading).append("</h2>\n<figure>\n").append(svg).append("<figcaption>")
                .append(caption).append("</figcaption>\n</figure>\n");
    }

    private void statistics() {
        html.append("<h2>Overall</h2>\n<div class=\"scroll\"><table>\n<tr><th>ms</th><th>median</th><th>p95</th>"
                + "<th>p99</th><th>max</th></tr>\n");
        for (Figure figure : Figure.values()) {
            result.series(figure).ifPresent(series -> html.append("<tr><th>").append(figure.words()).append("</th>")
                    .append(cell(series.median())).append(cell(series.percentile(95)))
                    .append(cell(series.percentile(99))).append(cell(series.greatest())).append("</tr>\n"));
        }
        html.append("</table></div>\n");
    }

    private static String cell(Duration duration) {
        return "<td>" + Millis.spell(duration) + "</td>";
    }

    private void rounds() {
        html.append("<h2>Rounds</h2>\n<div class=\"scroll\"><table>\n<tr><th>round</th><th>master</th><th>then</th>"
                + "<th>epoch</th>");
        for (Figure figure : Figure.values()) {
            html.append("<th>").append(figure.words()).append("</th>");
        }
        html.append("<th>answers</th><th>outcome</th></tr>\n");
        for (Round round : result.rounds()) {
            html.append("<tr><td>").append(round.number()).append("</td><td>").append(round.victim().id())
                    .append("</td><td>").append(round.successor().map(Object::toString).orElse("–"))
                    .append("</td><td>").append(round.victim().epoch()).append(" → ")
                    .append(round.epochAfter().map(Object::toString).orElse("–")).append("</td>");
            for (Figure figure : Figure.values()) {
                html.append(figure.of(round).map(DrillPage::cell).orElse("<td>–</td>"));
            }
            String outcome = round.misses(result.objective()) ? DrillWords.miss(round, result.objective())
                    : round.missing().orElse("ok");
            html.append("<td>").append(round.answers()).append("</td><td class=\"words\">").append(escaped(outcome))
                    .append("</td></tr>\n");
        }
        html.append("</table></div>\n");
    }
}
