/**
 * The instruments of a drill: the hands that hurt a master and put it right again, the witnesses that watch what
 * follows, the arithmetic on what they saw, and its documents. Knows no command and no terminal.
 */
package io.curia.admin.drill;
