package io.curia.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.curia.document.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes a report's document as JSON: indented for one answer, on a line of its own for each of many. */
final class JsonFormat implements ReportFormat {

    private final boolean oneLine;

    JsonFormat(boolean oneLine) {
        this.oneLine = oneLine;
    }

    @Override
    public void write(Report report, StringBuilder out) {
        StringWriter text = new StringWriter();
        // The streaming writer alone: binding would load several hundred classes for a handful of fields.
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            if (!oneLine) {
                json.setPrettyPrinter(indented());
            }
            Json.write(report.document(), json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        out.append(text).append('\n');
    }

    private static DefaultPrettyPrinter indented() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("").withArrayEmptySeparator(""))
                .withObjectIndenter(lines).withArrayIndenter(lines);
    }
}
