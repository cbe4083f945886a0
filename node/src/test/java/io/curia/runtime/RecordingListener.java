package io.curia.runtime;

import io.curia.core.Farewell;
import java.util.ArrayList;
import java.util.List;

/** Notes what it is told, in order, with what a mastership said of its validity at that moment. */
final class RecordingListener implements NodeListener {

    private final List<String> heard = new ArrayList<>();

    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    private synchronized void note(String what) {
        heard.add(what);
    }

    @Override
    public void onMaster(Mastership mastership) {
        note("master " + mastership.epoch() + (mastership.isValid() ? " valid" : " invalid"));
    }

    @Override
    public void onMastershipEnding(Mastership mastership, boolean planned, String reason) {
        note("ending " + mastership.epoch() + (planned ? " planned" : " unplanned")
                + (mastership.isValid() ? " valid" : " invalid"));
    }

    @Override
    public void onEnded(Farewell farewell) {
        note("ended " + farewell.kind());
    }
}
