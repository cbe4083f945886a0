package io.curia.proof;

/**
 * The register as it was found when everybody had stopped.
 *
 * @param mark the last write's mark
 * @param mzxid the transaction that wrote it
 * @param version how many times it was written
 */
record Register(String mark, long mzxid, int version) {
}
