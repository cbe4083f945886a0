/** Contexts: names for clusters and how to reach them, kept in a file of the user's. */
package io.curia.admin.context;
