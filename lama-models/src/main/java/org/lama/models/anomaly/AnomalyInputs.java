package org.lama.models.anomaly;

import java.util.List;
import org.lama.core.features.BarFeatures;
import org.lama.core.features.BookFeatures;
import org.lama.core.signal.Signal.Role;
import org.lama.models.anomaly.AnomalySettings.Direction;

/** What a fit reads: profile, features, which of them gives the direction (-1 for none), and how many rows it had. */
record AnomalyInputs(
        AnomalyProfile profile, List<String> features, int signed, int rows, int usable, boolean logarithms) {
    private static final double LEAST = 1e-8;

    /** No book is emptier than a thousandth of the usual one: 0 would lie infinitely far away. */
    private static final double LEAST_DEPTH = 1e-3;

    private static final List<String> CORE = List.of(BookFeatures.RELATIVE_SPREAD, BookFeatures.IMBALANCE + 1);

    static AnomalyInputs of(
            AnomalyProfile profile, List<String> features, AnomalySettings settings, int rows, int usable) {
        int signed = -1;
        for (String name : signs(settings.direction())) {
            if (signed < 0) {
                signed = features.indexOf(name);
            }
        }
        return new AnomalyInputs(
                profile,
                List.copyOf(features),
                signed,
                rows,
                usable,
                settings.logarithms() && profile == AnomalyProfile.BOOK);
    }

    /** The features that may give the direction, the first that is there. */
    private static List<String> signs(Direction direction) {
        return switch (direction) {
            case WHERE_SIGNED ->
                List.of(BookFeatures.IMBALANCE + 5, BookFeatures.IMBALANCE + 1, BookFeatures.IMBALANCE + 10);
            case BY_FLOW -> List.of(BookFeatures.FLOW_IMBALANCE);
            case NEVER -> List.of();
        };
    }

    /**
     * Whether a row without this feature says nothing. Of a book only spread and best sizes must be there: in a torn or an
     * empty book others do not exist, such as the slope of a depth of 0, and that is when a word is wanted most.
     */
    boolean isNeeded(int feature) {
        return profile == AnomalyProfile.BAR || feature == signed || CORE.contains(features.get(feature));
    }

    /** The value as it enters the forest: as it is, or the logarithm of one that is compared by ratio. */
    static double shaped(String feature, double value, boolean logarithms) {
        if (!logarithms || !(value >= 0)) {
            return value;
        }
        if (feature.equals(BookFeatures.RELATIVE_SPREAD) || feature.equals(BarFeatures.VOLATILITY)) {
            return Math.log(Math.max(LEAST, value));
        }
        boolean depth =
                feature.startsWith(BookFeatures.BID_DEPTH_RATIO) || feature.startsWith(BookFeatures.ASK_DEPTH_RATIO);
        return depth ? Math.log(Math.max(LEAST_DEPTH, value)) : value;
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
