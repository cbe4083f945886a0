package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.admin.drill.DrillResult;
import io.curia.admin.drill.Fault;
import io.curia.admin.drill.Round;
import io.curia.admin.drill.Victim;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What a drill prints in every format, to the byte. */
class DrillOutputTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private static Round round(int number, double withoutMillis, double twoMillis, Optional<String> missing) {
        Victim victim = new Victim(NodeId.of("n1"), Incarnation.of(1, 1), new Endpoint("127.0.0.1", 8001), 42,
                "<host> & \"co\"", START, new Epoch(number));
        Duration without = micros(withoutMillis);
        boolean seen = missing.isEmpty();
        return new Round(number, START.plusSeconds(10L * number), victim,
                seen ? Optional.of(NodeId.of("n2")) : Optional.empty(),
                seen ? Optional.of(new Epoch(number + 1)) : Optional.empty(),
                Optional.of(without.dividedBy(2)), seen ? Optional.of(micros(withoutMillis - 1)) : Optional.empty(),
                seen ? Optional.of(without) : Optional.empty(), Optional.of(without.plusMillis(2)),
                seen ? Optional.of(Duration.ofMillis(1500)) : Optional.empty(), without, micros(twoMillis), 4200,
                missing);
    }

    private static Duration micros(double millis) {
        return Duration.ofNanos(Math.round(millis * 1000) * 1000);
    }

    private static DrillResult sample() {
        return new DrillResult("curia", "5f9c0a52-7a1e-4c55-9c58-3f3b7f9ad6b1", Fault.KILL, 5,
                Optional.of(Duration.ofMillis(40)), START, START.plusSeconds(60),
                List.of(round(1, 12.34, 0, Optional.empty()), round(2, 56.7, 0, Optional.empty()),
                        round(3, 15, 2.5, Optional.empty()),
                        round(4, 30, 0, Optional.of("n1 \u001b[31m<is> \"no\" member again"))));
    }

    private static String printed(DrillFormat format) {
        PaperTerminal terminal = new PaperTerminal();
        format.print(sample(), terminal);
        assertThat(terminal.said()).hasLineCount(1).contains("4 of 5 rounds", "TWO MASTERS AT ONCE");
        return terminal.printed();
    }

    @ParameterizedTest
    @EnumSource(DrillFormat.class)
    void everyFormatIsAsReviewed(DrillFormat format) throws IOException {
        Golden.assertPrints("drill." + format, printed(format));
    }

    @Test
    void junitIsXmlThatSaysWhatFailed() throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(printed(DrillFormat.JUNIT))));

        assertThat(document.getDocumentElement().getAttribute("tests")).isEqualTo("5");
        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("2");
        assertThat(document.getDocumentElement().getAttribute("errors")).isEqualTo("1");
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndObeysTheReadersColours() {
        String page = printed(DrillFormat.HTML);

        assertThat(page).doesNotContain("http:", "https:", "src=", "url(", "<script", "@import", "<link")
                .contains("prefers-color-scheme: dark", "<svg", "&lt;is&gt;").doesNotContain("<is>", "\u001b");
    }

    @Test
    void aDrillWithoutARoundHasAPageToo() {
        PaperTerminal terminal = new PaperTerminal();
        DrillFormat.HTML.print(new DrillResult("curia", "", Fault.STOP, 1, Optional.empty(), START, START, List.of()),
                terminal);

        assertThat(terminal.printed()).contains("0 of 1").doesNotContain("<svg");
    }
}
