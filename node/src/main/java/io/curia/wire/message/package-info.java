/**
 * What is said on a node's port: one record a message, and the codec between them and lines of JSON.
 *
 * <p>A new message is a record that implements {@link io.curia.wire.message.Request} or
 * {@link io.curia.wire.message.Reply} (or a third kind beside them, for what is neither asked nor answered), one
 * method in the visitor, one in the encoder, one in the decoder, and a golden file. The compiler and the tests name
 * whatever is forgotten.
 *
 * <p>Nothing here opens a socket or loads a class of Netty or of Jackson's data binding: a command line program
 * pays for this package at every start.
 */
package io.curia.wire.message;
