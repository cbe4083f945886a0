package io.curia.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, as a table for people and as JSON with every single value. */
final class Report {

    private static final String FIGURES = "median / p95 / p99 / max (n)";

    private final List<Row> rows;
    private final int rounds;
    private final double busyPercent;

    /** @param busyPercent how busy the processors were before anything was started: what others had of them */
    Report(List<Row> rows, int rounds, double busyPercent) {
        this.rows = List.copyOf(rows);
        this.rounds = rounds;
        this.busyPercent = busyPercent;
    }

    void print(PrintStream out) {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"topic", "what", "unit", Arm.FAST + " " + FIGURES, Arm.SESSION.toString(),
            Arm.BARE.toString(), "goal", "met"});
        for (Row row : rows) {
            lines.add(new String[] {row.topic().toString(), row.what(), row.unit(), figures(row.ours()),
                figures(row.session()), figures(row.bare()), row.goalWords(),
                row.isMet().map(met -> met ? "yes" : "NO").orElse("-")});
        }
        int[] widths = new int[lines.get(0).length];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.length; i++) {
                text.append(String.format(Locale.ROOT, "%-" + widths[i] + "s  ", line[i]));
            }
            out.println(text.toString().stripTrailing());
        }
        rows.stream().filter(row -> !row.note().isEmpty())
                .forEach(row -> out.println("  " + row.what() + ": " + row.note()));
        out.println("  " + machine());
    }

    private static String figures(Series series) {
        if (series.isEmpty()) {
            return "-";
        }
        return Figures.shortly(series.median()) + " / " + Figures.shortly(series.percentile(95)) + " / "
                + Figures.shortly(series.percentile(99)) + " / " + Figures.shortly(series.max())
                + " (" + series.size() + ")";
    }

    private String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, "
                + (Double.isNaN(busyPercent) ? "" : Figures.shortly(busyPercent) + " % busy before the start, ")
                + "load at the end "
                + Figures.shortly(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()) + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + System.getProperty("java.version");
    }

    void write(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode().put("v", 1)
                .put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("machine", machine()).put("rounds", rounds);
        ArrayNode array = document.putArray("rows");
        for (Row row : rows) {
            ObjectNode node = array.addObject().put("topic", row.topic().toString()).put("what", row.what())
                    .put("unit", row.unit()).put("goal", row.goalWords()).put("note", row.note());
            row.isMet().ifPresentOrElse(met -> node.put("met", met), () -> node.putNull("met"));
            series(node.putObject("curia"), row.ours());
            series(node.putObject("curiaFailoverSession"), row.session());
            series(node.putObject("bareCurator"), row.bare());
        }
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), document);
    }

    private static void series(ObjectNode node, Series series) {
        node.put("n", series.size());
        if (!series.isEmpty()) {
            node.put("median", series.median()).put("p95", series.percentile(95)).put("p99", series.percentile(99))
                    .put("max", series.max());
        }
        ArrayNode values = node.putArray("values");
        series.values().forEach(values::add);
    }
}
