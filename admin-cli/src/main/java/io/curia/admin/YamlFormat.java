package io.curia.admin;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a report's document as YAML in block style. A string is quoted unless no reader of YAML, 1.1 or 1.2, could
 * take it for anything else; a quoted one is escaped as JSON escapes it, which is YAML too.
 */
final class YamlFormat implements ReportFormat {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./@-]*");
    private static final Set<String> WORDS_WITH_A_MEANING =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final boolean oneOfMany;

    /** @param oneOfMany whether each document is set off from the one before by a line of dashes */
    YamlFormat(boolean oneOfMany) {
        this.oneOfMany = oneOfMany;
    }

    @Override
    public void write(Report report, StringBuilder out) {
        if (oneOfMany) {
            out.append("---\n");
        }
        writeMap(report.document(), "", out);
    }

    private static void writeMap(Map<?, ?> map, String indent, StringBuilder out) {
        map.forEach((key, value) -> {
            out.append(out.length() > 0 && out.charAt(out.length() - 1) != '\n' ? "" : indent);
            out.append(scalar(key)).append(':');
            writeValue(value, indent, out);
        });
    }

    private static void writeValue(Object value, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            writeMap(map, indent + "  ", out);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            list.forEach(element -> writeElement(element, indent, out));
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static void writeElement(Object element, String indent, StringBuilder out) {
        out.append(indent).append("- ");
        if (element instanceof Map<?, ?> map) {
            // Its first key stands beside the dash, the others below it.
            writeMap(map, indent + "  ", out);
        } else {
            out.append(scalar(element)).append('\n');
        }
    }

    private static String scalar(Object value) {
        if (value instanceof Map) {
            return "{}";
        }
        if (value instanceof List) {
            return "[]";
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        String text = value.toString();
        boolean plain = PLAIN.matcher(text).matches()
                && !WORDS_WITH_A_MEANING.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : JsonStringEncoder.getInstance().quoteAsString(text)) {
            if (c >= 0x7f && c <= 0xa0 || c == '\u2028' || c == '\u2029' || c == '\ufeff') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
