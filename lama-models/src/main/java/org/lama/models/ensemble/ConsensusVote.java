package org.lama.models.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.math.Quantiles;
import org.lama.core.signal.Composite.Contribution;

/** The vote of the consensus combiner, and of every combiner in a crisis. */
final class ConsensusVote {
    private ConsensusVote() {}

    static Decision decide(Panel used, List<String> members, ConsensusSettings settings) {
        int n = used.size;
        if (n < 2) {
            return Decision.flat("flat: consensus needs 2 directional members, got " + n);
        }
        int up = votes(used, 1, settings);
        int down = votes(used, -1, settings);
        int needed = Math.max(settings.minimumVotes(), (n + 1) / 2);
        if (up == down || Math.max(up, down) < needed) {
            return Decision.flat("flat: " + up + " votes up and " + down + " down of " + n + ", " + needed
                    + " on one side are needed");
        }
        int side = up > down ? 1 : -1;
        for (int i = 0; i < n; i++) {
            if (-side * used.value[i] * used.confidence[i] > settings.strongOpposition()) {
                return Decision.flat("flat: " + members.get(used.member[i]) + " is strongly against the majority");
            }
        }
        return agreed(used, members, settings, side);
    }

    private static Decision agreed(Panel used, List<String> members, ConsensusSettings settings, int side) {
        int agreeing = votes(used, side, settings);
        double[] values = new double[agreeing];
        double[] trusts = new double[agreeing];
        int k = 0;
        for (int i = 0; i < used.size; i++) {
            if (isVote(used, i, side, settings)) {
                values[k] = used.value[i];
                trusts[k++] = used.confidence[i];
            }
        }
        Arrays.sort(values);
        Arrays.sort(trusts);
        double signal = Quantiles.ofSorted(values, agreeing, 0.5);
        double confidence = Quantiles.ofSorted(trusts, agreeing, 0.5) * agreeing / used.size;
        List<Contribution> contributions = new ArrayList<>(used.size);
        for (int i = 0; i < used.size; i++) {
            boolean counts = isVote(used, i, side, settings);
            contributions.add(new Contribution(
                    members.get(used.member[i]), counts ? 1.0 / agreeing : 0, counts ? signal / agreeing : 0));
        }
        return new Decision(signal, confidence, contributions, "");
    }

    private static int votes(Panel used, int side, ConsensusSettings settings) {
        int count = 0;
        for (int i = 0; i < used.size; i++) {
            count += isVote(used, i, side, settings) ? 1 : 0;
        }
        return count;
    }

    private static boolean isVote(Panel used, int i, int side, ConsensusSettings settings) {
        return side * used.value[i] > settings.minimumSignal() && used.confidence[i] > settings.minimumConfidence();
    }
}
