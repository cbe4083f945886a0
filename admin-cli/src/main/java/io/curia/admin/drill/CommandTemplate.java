package io.curia.admin.drill;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A line for {@code sh -c} with places for what is known of a victim: {@code {id}}, {@code {pid}}, {@code {host}},
 * {@code {address}}, {@code {epoch}}. Other braces stay as they are, because they mean something to the shell.
 */
public record CommandTemplate(String text) {

    /** What no shell takes for anything but itself. Registrations are written by nodes, not by the operator. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*|\\[[0-9A-Fa-f:.]+\\]:\\d+");

    public CommandTemplate {
        if (text.isBlank()) {
            throw new IllegalArgumentException("command: blank (expected: a line for sh; ':' does nothing)");
        }
    }

    /**
     * Returns the line for {@code victim}.
     *
     * @throws DrillException if a value could mean something to the shell
     */
    public String fillIn(Victim victim) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("{id}", victim.id().value());
        values.put("{pid}", Long.toString(victim.pid()));
        values.put("{host}", victim.host());
        values.put("{address}", victim.address().toString());
        values.put("{epoch}", victim.epoch().toString());
        String line = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (line.contains(value.getKey())) {
                if (!HARMLESS.matcher(value.getValue()).matches()) {
                    throw new DrillException(value.getKey() + " of " + victim.id() + " is not a plain word and is not "
                            + "put into a command: " + value.getValue().replaceAll("\\p{Cntrl}", "?"));
                }
                line = line.replace(value.getKey(), value.getValue());
            }
        }
        return line;
    }
}
