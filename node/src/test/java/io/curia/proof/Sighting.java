package io.curia.proof;

import io.curia.model.Cause;

/**
 * The master record as a bystander saw it once.
 *
 * @param version its version
 * @param zxid the transaction that wrote it
 * @param epoch the epoch it names
 * @param holder whose epoch that is: node and incarnation
 * @param cause why the epoch before it ended
 * @param ended whether the epoch is over
 * @param seenNanos when it was seen
 */
record Sighting(int version, long zxid, long epoch, String holder, Cause cause, boolean ended, long seenNanos) {
}
