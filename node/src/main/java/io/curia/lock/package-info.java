/**
 * Who holds a directory on this host: for as long as a process lives and no longer, and by name.
 */
package io.curia.lock;
