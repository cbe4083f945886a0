package io.curia.admin.drill;

import java.time.Duration;
import java.util.Locale;

/** A drill as the XML that CI servers read: one test case a round. */
public final class JUnitDocument {

    private JUnitDocument() {
    }

    /** Returns the document, ended with a line end. */
    public static String of(DrillResult result) {
        long failures = result.rounds().stream().filter(round -> round.misses(result.objective())).count();
        long errors = result.rounds().stream()
                .filter(round -> !round.isComplete() && !round.misses(result.objective())).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"").append(escaped("drill " + result.fault().verb() + " " + result.cluster()))
                .append("\" tests=\"").append(result.asked()).append("\" failures=\"").append(failures)
                .append("\" errors=\"").append(errors).append("\" skipped=\"")
                .append(result.asked() - result.rounds().size()).append("\" timestamp=\"")
                .append(result.startedAt()).append("\" time=\"")
                .append(seconds(Duration.between(result.startedAt(), result.endedAt()))).append("\">\n");
        result.rounds().forEach(round -> testCase(round, result, xml));
        for (int number = result.rounds().size() + 1; number <= result.asked(); number++) {
            xml.append("  <testcase classname=\"").append(classOf(result)).append("\" name=\"round ").append(number)
                    .append("\"><skipped/></testcase>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static void testCase(Round round, DrillResult result, StringBuilder xml) {
        xml.append("  <testcase classname=\"").append(classOf(result)).append("\" name=\"round ")
                .append(round.number()).append("\" time=\"").append(seconds(round.withoutMaster())).append("\">\n");
        if (round.misses(result.objective())) {
            xml.append("    <failure message=\"").append(escaped(DrillWords.miss(round, result.objective())))
                    .append("\"/>\n");
        } else {
            round.missing().ifPresent(missing -> xml.append("    <error message=\"").append(escaped(missing))
                    .append("\"/>\n"));
        }
        xml.append("    <system-out>").append(escaped(DrillWords.of(round, result.fault())))
                .append("</system-out>\n  </testcase>\n");
    }

    private static String classOf(DrillResult result) {
        return escaped("curia.drill." + result.fault().verb());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    /** Returns {@code text} as it may stand in XML and in HTML, in an attribute too. */
    static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}\\uFFFE\\uFFFF]", "?").replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
