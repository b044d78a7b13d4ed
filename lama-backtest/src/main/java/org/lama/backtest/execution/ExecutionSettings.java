package org.lama.backtest.execution;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a simulation assumes about the way from an order to its fills. Immutable. Start from {@link #DEFAULT} or
 * {@link #builder()}.
 *
 * @param timing at which price of a bar market orders fill
 * @param path in which order the prices of a bar came
 * @param touch what it takes to fill a resting limit order
 * @param participation largest share of a print that fills ours, and of what a book offers at prices that cross a resting
 *     order of ours; in (0, 1]
 * @param barParticipation largest share of a bar's volume that our fills in it may take, in (0, 1]; or
 *     {@link Double#POSITIVE_INFINITY} for no such limit, the default: studies cap positions by traded value instead
 * @param latency how long orders and cancellations travel, at least 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ExecutionSettings(
        FillTiming timing,
        IntrabarPath path,
        TouchRule touch,
        double participation,
        double barParticipation,
        Duration latency) {
    /** Next open, pessimistic, through, a tenth of a print, bars without limit of volume, no latency. */
    public static final ExecutionSettings DEFAULT = new ExecutionSettings(
            FillTiming.NEXT_OPEN,
            IntrabarPath.PESSIMISTIC,
            TouchRule.THROUGH,
            0.1,
            Double.POSITIVE_INFINITY,
            Duration.ZERO);

    /**
     * Checks ranges.
     *
     * @param timing at which price of a bar market orders fill
     * @param path in which order the prices of a bar came
     * @param touch what it takes to fill a resting limit order
     * @param participation largest share of a print that fills ours, and of what a book offers at prices that cross a
     *     resting order of ours; in (0, 1]
     * @param barParticipation largest share of a bar's volume that our fills in it may take, in (0, 1]; or
     *     {@link Double#POSITIVE_INFINITY} for no such limit
     * @param latency how long orders and cancellations travel, at least 0
     */
    public ExecutionSettings {
        Check.notNull(timing, "timing");
        Check.notNull(path, "path");
        Check.notNull(touch, "touch");
        Check.that(participation > 0 && participation <= 1, "participation must be in (0, 1], got " + participation);
        Check.that(
                (barParticipation > 0 && barParticipation <= 1) || barParticipation == Double.POSITIVE_INFINITY,
                "barParticipation must be in (0, 1] or infinite, got " + barParticipation);
        Check.that(
                !latency.isNegative() && latency.compareTo(Duration.ofDays(365)) <= 0,
                "latency must be between 0 and 365 days, got " + latency);
    }

    /**
     * Settings to change one by one.
     *
     * @return a builder that holds the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * These settings with another order of prices inside bars.
     *
     * @param other the order
     * @return a copy
     */
    public ExecutionSettings withPath(IntrabarPath other) {
        return new ExecutionSettings(timing, other, touch, participation, barParticipation, latency);
    }

    /**
     * These settings with another rule for touched limits.
     *
     * @param other the rule
     * @return a copy
     */
    public ExecutionSettings withTouch(TouchRule other) {
        return new ExecutionSettings(timing, path, other, participation, barParticipation, latency);
    }

    /**
     * These settings with another timing of market orders.
     *
     * @param other the timing
     * @return a copy
     */
    public ExecutionSettings withTiming(FillTiming other) {
        return new ExecutionSettings(other, path, touch, participation, barParticipation, latency);
    }

    /**
     * What is assumed, in words.
     *
     * @return one line for reports
     */
    public String describe() {
        String share =
                barParticipation == Double.POSITIVE_INFINITY ? "any share" : "at most " + percent(barParticipation);
        return timing.describe() + "; " + path.describe() + "; " + touch.describe() + "; fills take " + share
                + " of a bar's volume and at most " + percent(participation) + " of a print; latency "
                + (latency.isZero() ? "none" : latency.toNanos() / 1e6 + " ms");
    }

    private static String percent(double fraction) {
        BigDecimal rounded = new BigDecimal(100 * fraction, new MathContext(4));
        return rounded.stripTrailingZeros().toPlainString() + " %";
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private ExecutionSettings settings = DEFAULT;

        private Builder() {}

        /**
         * At which price of a bar market orders fill; NEXT_OPEN by default.
         *
         * @param value the timing
         * @return this
         */
        public Builder timing(FillTiming value) {
            settings = settings.withTiming(value);
            return this;
        }

        /**
         * In which order the prices of a bar came; PESSIMISTIC by default.
         *
         * @param value the path
         * @return this
         */
        public Builder path(IntrabarPath value) {
            settings = settings.withPath(value);
            return this;
        }

        /**
         * What fills a resting limit order; THROUGH by default.
         *
         * @param value the rule
         * @return this
         */
        public Builder touch(TouchRule value) {
            settings = settings.withTouch(value);
            return this;
        }

        /**
         * Largest share of a print; 0.1 by default.
         *
         * @param value in (0, 1]
         * @return this
         */
        public Builder participation(double value) {
            settings = new ExecutionSettings(
                    settings.timing, settings.path, settings.touch, value, settings.barParticipation, settings.latency);
            return this;
        }

        /**
         * Largest share of a bar's volume; no limit by default.
         *
         * @param value in (0, 1] or infinite
         * @return this
         */
        public Builder barParticipation(double value) {
            settings = new ExecutionSettings(
                    settings.timing, settings.path, settings.touch, settings.participation, value, settings.latency);
            return this;
        }

        /**
         * How long orders and cancellations travel; nothing by default.
         *
         * @param value at least 0
         * @return this
         */
        public Builder latency(Duration value) {
            settings = new ExecutionSettings(
                    settings.timing,
                    settings.path,
                    settings.touch,
                    settings.participation,
                    settings.barParticipation,
                    value);
            return this;
        }

        /**
         * The settings.
         *
         * @return checked settings
         */
        public ExecutionSettings build() {
            return settings;
        }
    }
}
