/**
 * The words that both programs' command lines share: how options find their environment variables, how durations
 * are spelled, where ZooKeeper is, what exit codes mean.
 */
package io.curia.cli;
