package io.curia.admin.drill;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The plots of a drill's page, as SVG: sizes in its own units, colours by the page's classes. */
final class DrillPlots {

    private static final int WIDTH = 800;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int PLOT_HEIGHT = 220;
    private static final int ROW = 26;
    private static final int TICKS = 4;
    private static final int MOST_LABELS = 20;
    private static final List<Figure> MOMENTS = List.of(Figure.REMOVED, Figure.CLAIMED, Figure.VALID);

    private final DrillResult result;
    private final StringBuilder svg = new StringBuilder();

    DrillPlots(DrillResult result) {
        this.result = result;
    }

    /** Returns a bar a round: for how long there was no valid master. */
    String bars() {
        double most = result.rounds().stream().mapToDouble(round -> Millis.of(round.withoutMaster())).max().orElse(1);
        double objective = result.objective().map(Millis::of).orElse(0.0);
        // An objective far above every bar would make them all invisible; then it is said, not drawn.
        boolean drawn = objective > 0 && objective <= 3 * most;
        double scale = roundUp(drawn ? Math.max(most, objective) : most);
        open(TOP + PLOT_HEIGHT + 30, "Milliseconds without a valid master in each round");
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = scale * tick / TICKS;
            line("grid", LEFT, y(value, scale), WIDTH - RIGHT, y(value, scale));
            text("end", LEFT - 8, y(value, scale) + 4, label(value));
        }
        double step = (double) (WIDTH - LEFT - RIGHT) / result.rounds().size();
        int every = Math.max(1, (result.rounds().size() + MOST_LABELS - 1) / MOST_LABELS);
        for (int i = 0; i < result.rounds().size(); i++) {
            Round round = result.rounds().get(i);
            double value = Millis.of(round.withoutMaster());
            rectangle(round.misses(result.objective()) || !round.isComplete() ? "bad" : "bar", LEFT + i * step
                    + step * 0.15, y(value, scale), step * 0.7, TOP + PLOT_HEIGHT - y(value, scale),
                    "round " + round.number() + ": " + Millis.spell(round.withoutMaster()) + " ms");
            if (i % every == 0) {
                text("middle", LEFT + (i + 0.5) * step, TOP + PLOT_HEIGHT + 18, Integer.toString(round.number()));
            }
        }
        if (drawn) {
            line("objective", LEFT, y(objective, scale), WIDTH - RIGHT, y(objective, scale));
        } else if (objective > 0) {
            text("end", WIDTH - RIGHT, TOP + 10, "objective " + label(objective) + " ms, above this plot");
        }
        return close();
    }

    /** Returns a row a round: what had been seen by when. */
    String timelines() {
        double most = result.rounds().stream().mapToDouble(DrillPlots::length).max().orElse(1);
        double scale = roundUp(most);
        int bottom = TOP + ROW * result.rounds().size();
        open(bottom + 48, "Removal, claim and validity in each round");
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = scale * tick / TICKS;
            line("grid", x(value, scale), TOP, x(value, scale), bottom);
            text("middle", x(value, scale), bottom + 16, label(value) + (tick == TICKS ? " ms" : ""));
        }
        for (int i = 0; i < result.rounds().size(); i++) {
            row(result.rounds().get(i), TOP + ROW * i, scale);
        }
        legend(bottom + 40);
        return close();
    }

    /** In the order in which they were seen: after a SIGTERM a successor may claim before the registration goes. */
    private void row(Round round, int top, double scale) {
        text("end", LEFT - 8, top + 17, Integer.toString(round.number()));
        double from = 0;
        for (Figure figure : MOMENTS.stream().filter(figure -> figure.of(round).isPresent())
                .sorted(Comparator.comparing(figure -> figure.of(round).orElseThrow())).toList()) {
            Duration moment = figure.of(round).orElseThrow();
            double to = Millis.of(moment);
            rectangle(kind(figure), x(from, scale), top + 4, Math.max(1, x(to, scale) - x(from, scale)), ROW - 8,
                    "round " + round.number() + ": after " + Millis.spell(moment) + " ms " + figure.words());
            from = to;
        }
    }

    private static String kind(Figure figure) {
        return figure.name().toLowerCase(Locale.ROOT);
    }

    private void legend(int y) {
        int x = LEFT;
        for (Figure moment : MOMENTS) {
            rectangle(kind(moment), x, y - 10, 12, 12, moment.words());
            text("start", x + 18, y, "until " + moment.words());
            x += 230;
        }
    }

    private static double length(Round round) {
        return Math.max(round.removed().map(Millis::of).orElse(0.0), round.valid().map(Millis::of).orElse(0.0));
    }

    /** Returns the next of 1, 2, 4, 8, 10, 20 …: quarters of them are numbers that people read easily. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 0.1))));
        for (int factor : new int[] {1, 2, 4, 8, 10}) {
            if (factor * power >= value) {
                return factor * power;
            }
        }
        throw new IllegalStateException("value: " + value + " (expected: at most ten times " + power + ")");
    }

    private static String label(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3g", value);
    }

    private static double y(double value, double scale) {
        return TOP + PLOT_HEIGHT * (1 - value / scale);
    }

    private static double x(double value, double scale) {
        return LEFT + (WIDTH - LEFT - RIGHT - 24) * value / scale;
    }

    private void open(int height, String title) {
        svg.setLength(0);
        svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(height)
                .append("\" role=\"img\" aria-label=\"").append(title).append("\">\n");
    }

    private String close() {
        return svg.append("</svg>\n").toString();
    }

    private void line(String kind, double x1, double y1, double x2, double y2) {
        svg.append(String.format(Locale.ROOT, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                kind, x1, y1, x2, y2));
    }

    private void rectangle(String kind, double x, double y, double width, double height, String tip) {
        svg.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                + "height=\"%.1f\"><title>%s</title></rect>\n", kind, x, y, width, height, tip));
    }

    private void text(String anchor, double x, double y, String words) {
        svg.append(String.format(Locale.ROOT, "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", anchor, x,
                y, words));
    }
}
