/**
 * A socket that strangers may connect to, and the one thread behind it. Both protocols of a node stand on it; neither
 * is known here.
 */
package io.curia.port;
