/**
 * What the program {@code node} logs, how, and from what level on: the only package that imports the logging back end.
 * Programs that embed a node choose their own, and nothing of this is loaded there.
 */
package io.curia.logging;
