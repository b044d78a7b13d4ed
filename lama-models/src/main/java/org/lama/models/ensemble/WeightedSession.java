package org.lama.models.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.signal.Composite.Contribution;

/** Confidence-weighted average with weights that subclasses may move. */
class WeightedSession extends FusionSession {
    WeightedSession(String method, FusionSettings settings, List<String> members, double barsPerDay) {
        super(method, settings, members, barsPerDay);
    }

    /** Current weights in the order of the members; not to be changed. */
    double[] weights() {
        return priors();
    }

    @Override
    final Decision decide(Panel used) {
        double[] weights = weights();
        double sum = 0;
        double trusted = 0;
        double low = 1;
        double high = -1;
        for (int i = 0; i < used.size; i++) {
            double weight = weights[used.member[i]];
            sum += weight;
            trusted += weight * used.confidence[i];
            if (used.confidence[i] > 0) {
                low = Math.min(low, used.value[i]);
                high = Math.max(high, used.value[i]);
            }
        }
        if (!(trusted > 0)) {
            return Decision.flat("flat: all members have confidence 0");
        }
        double signal = 0;
        List<Contribution> contributions = new ArrayList<>(used.size);
        for (int i = 0; i < used.size; i++) {
            double weight = weights[used.member[i]];
            double amount = weight * used.confidence[i] / trusted * used.value[i];
            contributions.add(new Contribution(members().get(used.member[i]), weight / sum, amount));
            signal += amount;
        }
        // Rounding may leave the hull by a unit in the last place; the hull is a promise.
        signal = Math.max(low, Math.min(high, signal));
        return new Decision(signal, Math.min(1, trusted / sum), contributions, "");
    }
}
