/** Programs of the user's that are run when something happens to a node. */
package io.curia.hooks;
