package io.curia.admin;

/** One way of writing any report. */
@FunctionalInterface
interface ReportFormat {

    /** Appends {@code report}, ended with a line end unless it is empty. */
    void write(Report report, StringBuilder out);
}
