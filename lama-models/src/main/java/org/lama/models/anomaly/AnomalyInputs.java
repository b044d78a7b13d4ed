package org.lama.models.anomaly;

import java.util.List;
import org.lama.core.features.BookFeatures;
import org.lama.core.signal.Signal.Role;
import org.lama.models.anomaly.AnomalySettings.Direction;

/** What a fit reads: profile, features, which of them gives the direction (-1 for none), and how many rows it had. */
record AnomalyInputs(AnomalyProfile profile, List<String> features, int signed, int rows, int usable) {
    private static final List<String> SIGNED =
            List.of(BookFeatures.IMBALANCE + 5, BookFeatures.IMBALANCE + 1, BookFeatures.IMBALANCE + 10);

    static AnomalyInputs of(AnomalyProfile profile, List<String> features, Direction direction, int rows, int usable) {
        int signed = -1;
        for (String name : SIGNED) {
            if (signed < 0 && direction == Direction.WHERE_SIGNED) {
                signed = features.indexOf(name);
            }
        }
        return new AnomalyInputs(profile, List.copyOf(features), signed, rows, usable);
    }

    boolean directional() {
        return signed >= 0;
    }

    Role role() {
        return directional() ? Role.DIRECTIONAL : Role.RISK;
    }

    /** Share of complete rows. */
    double coverage() {
        return rows == 0 ? 0 : (double) usable / rows;
    }
}
