package org.lama.models.ensemble;

import java.util.List;
import java.util.Map;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.Signal;

/** Signals and combiners that several tests use. */
final class Fixture {
    static final long DAY = 86_400_000_000_000L;
    static final FusionSettings EQUAL = new FusionSettings(
            new MemberWeights(Map.of(), 1), RegimeFactors.defaults(), ConsensusSettings.defaults(), 3);

    private Fixture() {}

    static Signal of(double value, double confidence) {
        return at(value, confidence, 0);
    }

    static Signal at(double value, double confidence, long time) {
        return Signal.directional(value, confidence, Double.NaN, time, time);
    }

    static Signal missing() {
        return Signal.missing(Signal.Role.DIRECTIONAL, 0, 0);
    }

    static List<Combiner> all(FusionSettings settings) {
        return List.of(
                Combiners.weighted(settings),
                Combiners.dynamic(settings, DynamicSettings.defaults()),
                Combiners.consensus(settings),
                Combiners.bayesian(settings, BayesianSettings.defaults()));
    }

    static RegimeLabel[] regimes() {
        return RegimeLabel.values();
    }
}
