/**
 * The JSON documents that programs read, from whichever program they get them: {@code admin-cli -o json} and a node
 * over HTTP say the same in the same words. A document is a contract: fields may be added, never changed.
 */
package io.curia.document;
