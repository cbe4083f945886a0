/**
 * Whether this program is fit to be master: asks from time to time, by a callback or by running a command, and says
 * so when the answer has changed for good. Knows nothing of nodes.
 */
package io.curia.health;
