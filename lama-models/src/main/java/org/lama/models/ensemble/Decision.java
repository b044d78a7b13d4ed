package org.lama.models.ensemble;

import java.util.List;
import org.lama.core.signal.Composite.Contribution;

/** What a method makes of a panel; {@code veto} is empty unless the decision is flat for a reason. */
record Decision(double signal, double confidence, List<Contribution> contributions, String veto) {
    static Decision flat(String reason) {
        return new Decision(0, 0, List.of(), reason);
    }
}
