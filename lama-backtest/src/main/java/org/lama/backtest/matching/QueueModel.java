package org.lama.backtest.matching;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Where an own order stands in the queue of its level. A feed by order tells it ({@link Fifo}); where the feed tells levels
 * alone it is guessed ({@link ByLevel}). Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface QueueModel {
    /** The feed tells single orders (L3): an own order waits behind those that stood at its price when it came. */
    record Fifo() implements QueueModel {}

    /**
     * The feed tells levels but no orders. A trade at the level always takes from the front. When the level shrinks by more
     * than what traded, somebody cancelled: whether before or behind us is what the models differ in, and with them the
     * result: report under at least two. Sizes are in base units since the logarithm depends on the unit. O(1), allocates
     * nothing.
     */
    sealed interface ByLevel extends QueueModel {
        /**
         * The size in front of the order after the level changed.
         *
         * @param front size in front of it before; below 0 once trades took more than what stood there
         * @param traded size traded at the level since its last change, at least 0
         * @param before size of the level before the change
         * @param now size of the level after it
         * @return at most {@code now}
         */
        double advance(double front, double traded, double before, double now);

        /**
         * The size in front of an order when it joins a level.
         *
         * @param level size that stands there
         * @return at least 0
         */
        default double joining(double level) {
            return level;
        }
    }

    /**
     * The fiction that whoever quotes a price trades with all that prints there: no queue stands in front of us. No venue
     * works like this; it shows what a simulation would claim that takes the touch of a price for a fill.
     */
    record Touch() implements ByLevel {
        @Override
        public double advance(double front, double traded, double before, double now) {
            return lesser(front, 0);
        }

        @Override
        public double joining(double level) {
            return 0;
        }
    }

    /** Everybody who cancels stood behind us: only trades bring the order forward. */
    record RiskAverse() implements ByLevel {
        @Override
        public double advance(double front, double traded, double before, double now) {
            return lesser(front, now);
        }
    }

    /**
     * What was cancelled is shared between front and back by weights that are a power of their sizes: with
     * p = back^n / (back^n + front^n) behind us (Rigtorp 2013, "Estimating order queue position").
     *
     * @param exponent n, finite and above 0; 3 is common
     */
    record Power(double exponent) implements ByLevel {
        /**
         * Checks the exponent.
         *
         * @param exponent n, finite and above 0; 3 is common
         */
        public Power {
            Check.positive(exponent, "exponent");
        }

        @Override
        public double advance(double front, double traded, double before, double now) {
            double change = before - now - traded;
            if (change < 0) {
                return lesser(front, now);
            }
            double back = before - front;
            double behind = Math.pow(back, exponent);
            return shared(front, back, change, behind / (behind + Math.pow(front, exponent)), now);
        }
    }

    /** As {@link Power}, with the weights ln(1 + size) of sizes in base units. */
    record Logarithmic() implements ByLevel {
        @Override
        public double advance(double front, double traded, double before, double now) {
            double change = before - now - traded;
            if (change < 0) {
                return lesser(front, now);
            }
            double back = before - front;
            double behind = Math.log(1 + back);
            return shared(front, back, change, behind / (behind + Math.log(1 + front)), now);
        }
    }

    /** A share that is infinite counts as 1; what has no value leaves the size of the level. */
    private static double shared(double front, double back, double change, double share, double now) {
        double p = Double.isInfinite(share) ? 1 : share;
        double estimate = front - (1 - p) * change + lesser(back - p * change, 0);
        return lesser(estimate, now);
    }

    /** The lesser of two, the second if the first has no value. */
    private static double lesser(double a, double b) {
        return a < b ? a : b;
    }
}
