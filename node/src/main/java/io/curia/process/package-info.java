/**
 * The program {@code node}: its main class and its commands. The only package that reads the environment, handles
 * signals and ends the process.
 */
package io.curia.process;
