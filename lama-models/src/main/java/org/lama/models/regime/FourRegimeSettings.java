package org.lama.models.regime;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Thresholds of the four regimes.
 *
 * @param highVolatility entered above and left below these percentiles of volatility (default 0.90 and 0.80)
 * @param lowLiquidity entered below and left above these percentiles of liquidity (default 0.10 and 0.20)
 * @param crisis what makes a crisis by itself
 * @param history how much of the past percentiles and base rates are taken over
 * @param minimumDwellBars bars that a label holds at least (default 3), at least 1; entry to a crisis does not wait
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record FourRegimeSettings(
        Band highVolatility, Band lowLiquidity, CrisisRule crisis, History history, int minimumDwellBars) {
    /**
     * Checks ranges and the order of the bands.
     *
     * @param highVolatility entered above and left below these percentiles of volatility (default 0.90 and 0.80)
     * @param lowLiquidity entered below and left above these percentiles of liquidity (default 0.10 and 0.20)
     * @param crisis what makes a crisis by itself
     * @param history how much of the past percentiles and base rates are taken over
     * @param minimumDwellBars bars that a label holds at least (default 3), at least 1; entry to a crisis does not wait
     */
    public FourRegimeSettings {
        Check.that(
                highVolatility.leave() <= highVolatility.enter(),
                "highVolatility must be left at or below where it is entered, got " + highVolatility);
        Check.that(
                lowLiquidity.leave() >= lowLiquidity.enter(),
                "lowLiquidity must be left at or above where it is entered, got " + lowLiquidity);
        Check.notNull(crisis, "crisis");
        Check.notNull(history, "history");
        Check.atLeast(minimumDwellBars, 1, "minimumDwellBars");
    }

    /**
     * Where a state begins and where it ends; the distance is the hysteresis.
     *
     * @param enter percentile in [0, 1] beyond which the state begins
     * @param leave percentile in [0, 1] beyond which it ends
     */
    public record Band(double enter, double leave) {
        /**
         * Checks ranges.
         *
         * @param enter percentile in [0, 1] beyond which the state begins
         * @param leave percentile in [0, 1] beyond which it ends
         */
        public Band {
            Check.inRange(enter, 0, 1, "enter");
            Check.inRange(leave, 0, 1, "leave");
        }
    }

    /**
     * What makes a crisis by itself.
     *
     * @param loss24h a 24-hour return below minus this (default 0.10), in (0, 1]
     * @param anomalyMultiple an anomaly rate above this multiple of the base rate (default 5), above 1
     * @param anomalyFloor smallest base rate (default 0.02), in [0, 1]: below it the base is too noisy to be multiplied
     */
    public record CrisisRule(double loss24h, double anomalyMultiple, double anomalyFloor) {
        /**
         * Checks ranges.
         *
         * @param loss24h a 24-hour return below minus this (default 0.10), in (0, 1]
         * @param anomalyMultiple an anomaly rate above this multiple of the base rate (default 5), above 1
         * @param anomalyFloor smallest base rate (default 0.02), in [0, 1]: below it the base is too noisy to be multiplied
         */
        public CrisisRule {
            Check.inRange(Check.positive(loss24h, "loss24h"), 0, 1, "loss24h");
            Check.that(
                    anomalyMultiple > 1 && Double.isFinite(anomalyMultiple),
                    "anomalyMultiple must be finite and > 1, got " + anomalyMultiple);
            Check.inRange(anomalyFloor, 0, 1, "anomalyFloor");
        }
    }

    /**
     * How much of the past counts.
     *
     * @param windowDays length of the rolling window (default 365), above 0
     * @param minimumDays days of known values before a percentile or a base rate counts (default 90), in (0, windowDays]
     */
    public record History(double windowDays, double minimumDays) {
        /**
         * Checks ranges.
         *
         * @param windowDays length of the rolling window (default 365), above 0
         * @param minimumDays days of known values before a percentile or a base rate counts (default 90), in (0, windowDays]
         */
        public History {
            Check.positive(windowDays, "windowDays");
            Check.inRange(Check.positive(minimumDays, "minimumDays"), 0, windowDays, "minimumDays");
        }
    }

    /**
     * The defaults named at each part.
     *
     * @return the settings
     */
    public static FourRegimeSettings defaults() {
        return new FourRegimeSettings(
                new Band(0.90, 0.80), new Band(0.10, 0.20), new CrisisRule(0.10, 5, 0.02), new History(365, 90), 3);
    }
}
