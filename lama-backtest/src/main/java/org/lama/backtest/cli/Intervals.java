package org.lama.backtest.cli;

import org.lama.core.math.Distributions;
import org.lama.core.signal.ModelSummary.ForecastStep;

/** Forecast intervals of any level in percent: mean -+ normal quantile times standard error. */
final class Intervals {
    private Intervals() {}

    static String name(double level) {
        return level == Math.rint(level) ? Long.toString((long) level) : Double.toString(level);
    }

    static double lower(ForecastStep step, double level) {
        if (level == 80) {
            return step.lower80();
        }
        return level == 95 ? step.lower95() : step.mean() - quantile(level) * step.standardError();
    }

    static double upper(ForecastStep step, double level) {
        if (level == 80) {
            return step.upper80();
        }
        return level == 95 ? step.upper95() : step.mean() + quantile(level) * step.standardError();
    }

    private static double quantile(double level) {
        return Distributions.normalQuantile(0.5 + level / 200);
    }
}
