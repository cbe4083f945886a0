package io.curia.admin;

import io.curia.admin.drill.DrillException;
import io.curia.admin.drill.Hands;
import io.curia.admin.drill.Victim;
import io.curia.cli.ExitCode;
import io.curia.document.Fields;
import io.curia.model.ClusterView;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a drill would do to the cluster as it is now, and what speaks against it. Also the whole of a dry run. */
final class DrillPlan implements Report {

    private final ClusterView view;
    private final DrillSettings settings;
    private final Hands hands;
    private final List<String> concerns = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    DrillPlan(ClusterView view, DrillSettings settings, Hands hands) {
        this.view = view;
        this.settings = settings;
        this.hands = hands;
        findConcerns();
        findObstacles();
    }

    private void findConcerns() {
        if (view.currentMaster().isEmpty()) {
            concerns.add("there is no master now");
        }
        int candidates = candidates().size();
        if (candidates < 2) {
            concerns.add(candidates == 0 ? "nobody is live who could be master"
                    : "only " + candidates().get(0).id() + " could be master");
        }
        List<String> down = view.members().stream().filter(member -> member.status() == MemberStatus.DOWN)
                .map(member -> member.id().value()).toList();
        if (!down.isEmpty()) {
            concerns.add("down: " + String.join(", ", down));
        }
    }

    /** Every candidate may become master, and then be the victim of the next round. */
    private void findObstacles() {
        List<MemberView> victims = settings.rounds() > 1 ? candidates() : view.currentMaster().stream().toList();
        for (MemberView member : victims) {
            try {
                hands.take(Victim.of(member.live().orElseThrow(), view.master().epoch()));
            } catch (DrillException e) {
                obstacles.add(e.getMessage());
            }
        }
    }

    private List<MemberView> candidates() {
        return view.live().stream().filter(MemberView::isLiveCandidate).toList();
    }

    boolean isSafe() {
        return concerns.isEmpty() && obstacles.isEmpty();
    }

    /** Throws if it cannot be done at all, or not in this epoch. */
    void refuseIfImpossible(OptionalLong ifEpoch) {
        long epoch = view.master().epoch().number();
        if (ifEpoch.isPresent() && ifEpoch.getAsLong() != epoch) {
            throw refusal("the cluster is in epoch " + epoch + ", not " + ifEpoch.getAsLong());
        }
        if (!obstacles.isEmpty()) {
            throw refusal(String.join("; ", obstacles));
        }
    }

    /** Throws if something speaks against it that nobody has accepted or will be asked about. */
    void refuseUnless(boolean accepted) {
        if (!accepted && !concerns.isEmpty()) {
            throw refusal("the cluster is degraded (" + String.join("; ", concerns)
                    + "); add --force if that is how you want to drill");
        }
    }

    private static CommandFailure refusal(String why) {
        return new CommandFailure(ExitCode.PRECONDITION_FAILED, "nothing was touched: " + why);
    }

    @Override
    public String headline() {
        return "cluster " + view.cluster().name() + ", epoch " + view.master().epoch() + ": " + settings.fault().verb()
                + " " + settings.rounds() + (settings.rounds() == 1 ? " time" : " times") + ", hurting "
                + hands.hurtWords() + ", putting right " + hands.rightWords() + "; "
                + (isSafe() ? "the cluster is as it should be" : "NOT SAFE: " + String.join("; ", against()));
    }

    private List<String> against() {
        List<String> all = new ArrayList<>(concerns);
        all.addAll(obstacles);
        return all;
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", view.cluster().name()).add("uuid", view.cluster().uuid())
                .add("epoch", view.master().epoch().number())
                .add("master", view.currentMaster().map(master -> master.id().value()).orElse(null))
                .add("drill", settings.fault().verb()).add("rounds", settings.rounds())
                .add("hurt", hands.hurtWords()).add("putRight", hands.rightWords()).add("safe", isSafe())
                .add("against", against())
                .add("mayBeHurt", candidates().stream().map(member -> member.id().value()).toList()).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(List.of("MAY-BE-HURT", "ROLE", "ADDRESS", "PID", "HOST"));
        for (MemberView member : candidates()) {
            boolean first = view.currentMaster().filter(member::equals).isPresent();
            table.row(List.of(new Table.Cell(member.id().value(), first ? Table.Style.BOLD : Table.Style.PLAIN),
                    Table.Cell.of(member.role().name()),
                    Table.Cell.of(member.live().map(live -> live.address().toString()).orElse(null)),
                    Table.Cell.of(member.live().map(live -> Long.toString(live.pid())).orElse(null)),
                    Table.Cell.of(member.live().map(live -> live.host()).orElse(null))));
        }
        return table;
    }

    @Override
    public List<String> names() {
        return view.currentMaster().map(master -> master.id().value()).stream().toList();
    }

    /** Returns who must be back before each round: whoever was live when this was planned. */
    List<MemberView> live() {
        return view.live();
    }

    ClusterView view() {
        return view;
    }
}
