package io.curia.singleton;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** A signal that is passed on to the command. */
public enum ForwardedSignal {
    /** To daemons: read your settings again. */
    HUP,
    /** The program's own business. */
    USR1,
    /** The program's own business. */
    USR2,
    /** To some servers: finish what you are at; to others: the window has another size. */
    WINCH,
    /** To some servers: one worker more. */
    TTIN,
    /** To some servers: one worker fewer. */
    TTOU;

    /** Sends it to a process, which need not have it yet when this returns. */
    void send(long pid) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name(), Long.toString(pid))
                .redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT).start();
    }
}
