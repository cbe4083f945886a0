/**
 * The admin CLI: one class a command (parse, one call, print, exit code), reports that know their columns and
 * fields, formats that know none, and the procedures by which a change is decided, made and confirmed.
 *
 * <p>To add a verb: write its command class, its report if it prints something new, and a line in
 * {@link io.curia.admin.Verbs}.
 */
package io.curia.admin;
