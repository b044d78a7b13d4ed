package org.lama.backtest.honesty;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * Values that are moved each by an own factor, so that ratios of later values move as well: of two prices of one bar, of two
 * bars, of two symbols. Bars stay bars: the high is the highest price, the low the lowest, each above 0. A column that has
 * negative values takes an own sign too. A pure function of what is given.
 */
final class OwnFactors {
    /** Whole bars go up or down by up to this. */
    private static final double MOST_OF_A_BAR = 1000;
    /** The prices within a bar, against each other. */
    private static final double MOST_WITHIN = 4;

    private static final int STEPS = 512;
    private static final double[] OF_A_BAR = table(MOST_OF_A_BAR);
    private static final double[] WITHIN = table(MOST_WITHIN);
    private static final List<String> PRICES = List.of(Columns.OPEN, Columns.HIGH, Columns.LOW, Columns.CLOSE);

    private OwnFactors() {}

    /** Factors from 1 / most to most, evenly spread by their logarithm. */
    private static double[] table(double most) {
        double[] table = new double[STEPS];
        Arrays.setAll(table, i -> StrictMath.pow(most, 2 * (i + 0.5) / STEPS - 1));
        return table;
    }

    /** Whether a column is one of a bar's four prices. */
    static boolean isPrice(String column) {
        return PRICES.contains(column);
    }

    /** A copy of a frame whose rows from one on are moved; the columns that say when values were known stay. */
    static Frame of(Frame frame, int from, long seed) {
        Frame copy = frame;
        boolean bars = PRICES.stream().allMatch(frame::has);
        if (bars) {
            copy = bars(copy, from, Seeds.rng(seed, 0));
        }
        int number = 0;
        for (String name : frame.columnNames()) {
            number++;
            if (!(bars && isPrice(name)) && !name.endsWith(Columns.AVAILABLE_AT)) {
                double[] values = frame.column(name).toArray();
                spread(values, from, Seeds.rng(seed, number));
                copy = copy.with(name, values);
            }
        }
        return copy;
    }

    private static Frame bars(Frame frame, int from, Rng rng) {
        double[] open = frame.column(Columns.OPEN).toArray();
        double[] high = frame.column(Columns.HIGH).toArray();
        double[] low = frame.column(Columns.LOW).toArray();
        double[] close = frame.column(Columns.CLOSE).toArray();
        for (int i = from; i < close.length; i++) {
            double bar = pick(OF_A_BAR, rng);
            open[i] *= bar * pick(WITHIN, rng);
            close[i] *= bar * pick(WITHIN, rng);
            high[i] *= bar * pick(WITHIN, rng);
            low[i] *= bar * pick(WITHIN, rng);
            // a price that is not there stays away
            double most = Math.max(Math.max(open[i], close[i]), Math.max(high[i], low[i]));
            double least = Math.min(Math.min(open[i], close[i]), Math.min(high[i], low[i]));
            high[i] = Double.isNaN(high[i]) || Double.isNaN(most) ? high[i] : most;
            low[i] = Double.isNaN(low[i]) || Double.isNaN(least) ? low[i] : least;
        }
        return frame.with(Columns.OPEN, open)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.CLOSE, close);
    }

    private static void spread(double[] values, int from, Rng rng) {
        boolean signed = false;
        for (double value : values) {
            signed |= value < 0;
        }
        for (int i = from; i < values.length; i++) {
            double factor = pick(OF_A_BAR, rng);
            values[i] *= signed && rng.nextLong() < 0 ? -factor : factor;
        }
    }

    private static double pick(double[] table, Rng rng) {
        return table[(int) (rng.nextLong() >>> 55)];
    }

    /** The factor of one value, found by its place; the other way is its reciprocal. */
    static double at(String column, long nanos, boolean otherWay) {
        int step = (int) (Seeds.derive(column.hashCode(), nanos) >>> 55);
        return OF_A_BAR[otherWay ? STEPS - 1 - step : step];
    }
}
