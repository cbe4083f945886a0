package io.curia.model;

/** How a refused value is shown in an error message: bounded and printable, whoever sent it. */
final class Quoted {

    private static final int MAX_SHOWN = 80;

    private Quoted() {}

    static String of(String value) {
        if (value == null) {
            return "null";
        }
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
