package org.lama.backtest.sizing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of all allocations; each reads those that concern it. Start from {@link #builder()}.
 *
 * @param longOnly true for spot, where a negative wish becomes 0
 * @param maxGross gross exposure when fully invested, above 0
 * @param maxWeight largest absolute weight of one instrument, above 0; infinite for no cap
 * @param fixedUnit what {@code fixedSize} counts
 * @param fixedSize size of a position at strength 1, above 0
 * @param targetVolatilityAnnual volatility of the portfolio a year that {@code vol-target} aims at, a fraction above 0
 * @param periodsPerYear returns a year, above 0: 365 for daily bars, 8,760 for hourly ones
 * @param kellyFraction share of the growth-optimal bet that {@code kelly} takes, in (0, 1]
 * @param meanPriorRows rows that the prior mean of 0 weighs in {@code kelly}, at least 0: the sample mean is multiplied by
 *     {@code n / (n + meanPriorRows)}
 * @param covariance estimator of the covariances
 * @param halfLifeRows half-life of the weights of {@link Covariance.Kind#EWMA}, above 0
 * @param minRows fewest returns of an instrument, at least 2; with fewer it gets no weight
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record AllocationSettings(
        boolean longOnly,
        double maxGross,
        double maxWeight,
        FixedUnit fixedUnit,
        double fixedSize,
        double targetVolatilityAnnual,
        double periodsPerYear,
        double kellyFraction,
        double meanPriorRows,
        Covariance.Kind covariance,
        double halfLifeRows,
        int minRows) {
    /** What the size of a fixed position counts. */
    public enum FixedUnit {
        /** Reporting currency. */
        AMOUNT,
        /** Base units or contracts. */
        QUANTITY
    }

    /** The defaults of {@link #builder()}. */
    public static final AllocationSettings DEFAULT = new AllocationSettings(
            true,
            1,
            Double.POSITIVE_INFINITY,
            FixedUnit.AMOUNT,
            10_000,
            0.40,
            365,
            0.5,
            365,
            Covariance.Kind.CONSTANT_CORRELATION,
            60,
            20);

    /**
     * Checks ranges.
     *
     * @param longOnly true for spot, where a negative wish becomes 0
     * @param maxGross gross exposure when fully invested, above 0
     * @param maxWeight largest absolute weight of one instrument, above 0; infinite for no cap
     * @param fixedUnit what {@code fixedSize} counts
     * @param fixedSize size of a position at strength 1, above 0
     * @param targetVolatilityAnnual volatility of the portfolio a year that {@code vol-target} aims at, above 0
     * @param periodsPerYear returns a year, above 0
     * @param kellyFraction share of the growth-optimal bet that {@code kelly} takes, in (0, 1]
     * @param meanPriorRows rows that the prior mean of 0 weighs in {@code kelly}, at least 0
     * @param covariance estimator of the covariances
     * @param halfLifeRows half-life of the weights of {@link Covariance.Kind#EWMA}, above 0
     * @param minRows fewest returns of an instrument, at least 2
     */
    public AllocationSettings {
        Check.positive(maxGross, "maxGross");
        Check.that(maxWeight > 0, "maxWeight must be > 0, got " + maxWeight);
        Check.notNull(fixedUnit, "fixedUnit");
        Check.positive(fixedSize, "fixedSize");
        Check.positive(targetVolatilityAnnual, "targetVolatilityAnnual");
        Check.positive(periodsPerYear, "periodsPerYear");
        Check.that(kellyFraction > 0 && kellyFraction <= 1, "kellyFraction must be in (0, 1], got " + kellyFraction);
        Check.notNegative(meanPriorRows, "meanPriorRows");
        Check.notNull(covariance, "covariance");
        Check.positive(halfLifeRows, "halfLifeRows");
        Check.atLeast(minRows, 2, "minRows");
    }

    /**
     * Spot, gross 1, no cap per instrument, 10,000 per fixed position, 40 % volatility a year, daily bars, half Kelly with a
     * prior of 365 rows, covariances shrunk to constant correlation, EWMA half-life of 60 rows, at least 20 rows.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /**
     * Starts from these settings.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Sets the settings one by one. Not thread-safe. */
    public static final class Builder {
        private boolean longOnly;
        private double maxGross;
        private double maxWeight;
        private FixedUnit fixedUnit;
        private double fixedSize;
        private double targetVolatilityAnnual;
        private double periodsPerYear;
        private double kellyFraction;
        private double meanPriorRows;
        private Covariance.Kind covariance;
        private double halfLifeRows;
        private int minRows;

        private Builder(AllocationSettings from) {
            longOnly = from.longOnly;
            maxGross = from.maxGross;
            maxWeight = from.maxWeight;
            fixedUnit = from.fixedUnit;
            fixedSize = from.fixedSize;
            targetVolatilityAnnual = from.targetVolatilityAnnual;
            periodsPerYear = from.periodsPerYear;
            kellyFraction = from.kellyFraction;
            meanPriorRows = from.meanPriorRows;
            covariance = from.covariance;
            halfLifeRows = from.halfLifeRows;
            minRows = from.minRows;
        }

        /**
         * Sets whether negative wishes become 0.
         *
         * @param value true for spot
         * @return this
         */
        public Builder longOnly(boolean value) {
            longOnly = value;
            return this;
        }

        /**
         * Sets the gross exposure when fully invested.
         *
         * @param value above 0
         * @return this
         */
        public Builder maxGross(double value) {
            maxGross = value;
            return this;
        }

        /**
         * Sets the largest absolute weight of one instrument.
         *
         * @param value above 0; infinite for no cap
         * @return this
         */
        public Builder maxWeight(double value) {
            maxWeight = value;
            return this;
        }

        /**
         * Sets the volatility of the portfolio a year.
         *
         * @param value a fraction above 0
         * @return this
         */
        public Builder targetVolatilityAnnual(double value) {
            targetVolatilityAnnual = value;
            return this;
        }

        /**
         * Sets how many returns a year has.
         *
         * @param value above 0
         * @return this
         */
        public Builder periodsPerYear(double value) {
            periodsPerYear = value;
            return this;
        }

        /**
         * Sets the share of the growth-optimal bet.
         *
         * @param value in (0, 1]
         * @return this
         */
        public Builder kellyFraction(double value) {
            kellyFraction = value;
            return this;
        }

        /**
         * Sets the rows that the prior mean of 0 weighs.
         *
         * @param value at least 0
         * @return this
         */
        public Builder meanPriorRows(double value) {
            meanPriorRows = value;
            return this;
        }

        /**
         * Sets the estimator of the covariances.
         *
         * @param value one of the kinds
         * @return this
         */
        public Builder covariance(Covariance.Kind value) {
            covariance = value;
            return this;
        }

        /**
         * Sets the half-life of exponential weights.
         *
         * @param value above 0, in rows
         * @return this
         */
        public Builder halfLifeRows(double value) {
            halfLifeRows = value;
            return this;
        }

        /**
         * Sets the fewest returns of an instrument.
         *
         * @param value at least 2
         * @return this
         */
        public Builder minRows(int value) {
            minRows = value;
            return this;
        }

        /**
         * Sets the size of fixed positions.
         *
         * @param unit what the size counts
         * @param value size at strength 1, above 0
         * @return this
         */
        public Builder fixed(FixedUnit unit, double value) {
            fixedUnit = unit;
            fixedSize = value;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException naming the setting that is out of range
         */
        public AllocationSettings build() {
            return new AllocationSettings(
                    longOnly,
                    maxGross,
                    maxWeight,
                    fixedUnit,
                    fixedSize,
                    targetVolatilityAnnual,
                    periodsPerYear,
                    kellyFraction,
                    meanPriorRows,
                    covariance,
                    halfLifeRows,
                    minRows);
        }
    }
}
