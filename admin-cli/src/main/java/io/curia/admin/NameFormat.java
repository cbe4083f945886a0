package io.curia.admin;

/** Writes the names of a report, one a line. */
final class NameFormat implements ReportFormat {

    @Override
    public void write(Report report, StringBuilder out) {
        report.names().forEach(name -> out.append(name).append('\n'));
    }
}
