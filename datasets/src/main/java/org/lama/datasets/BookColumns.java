package org.lama.datasets;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * The book at each close as forty levels a side, summed into the columns that features read. Spread, distances and sizes
 * follow the liquidity and the volatility that hold in the bar, the lean follows the bar that has just ended, and anomalies
 * distort the levels: nothing reads a later row.
 */
final class BookColumns {
    private static final int LEVELS = 40;
    private static final int STREAM = 21;
    private static final double GAP = 1.3e-4;
    private static final double WIDEST = 0.03;
    private static final int[] COUNTS = {1, 5, 10};
    private static final int[] POINTS = {10, 25, 50};

    private final Rng rng;
    private final AssetPath path;

    /** Distance from the mid as a fraction, and size in base units, of each level: bids, then asks. */
    private final double[][] distance = new double[2][LEVELS];

    private final double[][] size = new double[2][LEVELS];
    private final double[][] column;
    private double lean;

    private BookColumns(AssetPath path, long seed) {
        this.path = path;
        rng = Seeds.rng(seed, STREAM);
        column = new double[14][path.close.length];
    }

    static Frame withBook(Frame bars, AssetPath path, AnomalyDates dates, long seed) {
        BookColumns book = new BookColumns(path, seed);
        for (int i = 0; i < path.close.length; i++) {
            book.draw(i);
            if (dates.kind[i] > 0) {
                book.distort(BookAnomaly.of(dates.kind[i] - 1), dates.side[i] > 0 ? 0 : 1);
            }
            book.sum(i);
        }
        return book.addTo(bars);
    }

    /** Levels as they are in order. */
    private void draw(int i) {
        double calm = path.traits.beta() * 0.025;
        double usual = StrictMath.sqrt(
                (calm * calm + path.traits.ownVolatility() * path.traits.ownVolatility()) * path.dayFraction);
        double fear = StrictMath.log(path.deviation[i] / usual);
        double half = path.traits.halfSpread()
                * StrictMath.exp(-0.6 * path.liquidity[i] + 0.4 * fear + 0.15 * rng.nextGaussian());
        double gap = GAP * StrictMath.exp(-0.35 * path.liquidity[i] + 0.2 * fear);
        // The lean follows what has just happened and noise: it says nothing about the next bar.
        lean = 0.5 * lean + 0.12 * StrictMath.tanh(path.surprise[i]) + 0.12 * rng.nextGaussian();
        double bidShare = 0.5 + 0.4 * StrictMath.tanh(lean);
        double all = path.traits.depth() * StrictMath.exp(path.liquidity[i]) / path.close[i];
        for (int s = 0; s < 2; s++) {
            double share = all * (s == 0 ? bidShare : 1 - bidShare) * StrictMath.exp(0.15 * rng.nextGaussian());
            double at = Math.min(WIDEST, half);
            for (int k = 0; k < LEVELS; k++) {
                distance[s][k] = at;
                size[s][k] = share / LEVELS * (0.3 + 0.06 * Math.min(k, 18)) * StrictMath.exp(0.4 * rng.nextGaussian());
                at += gap * (0.4 + 1.2 * rng.nextDouble());
            }
        }
    }

    private void distort(BookAnomaly kind, int side) {
        switch (kind) {
            case VACUUM -> {
                thin(0, 0.04, 0, LEVELS);
                thin(1, 0.04, 0, LEVELS);
                widen(2.5, 2);
            }
            case ONE_SIDED -> thin(side, 0.03, 0, 25);
            case PRETENDED -> {
                thin(side, 25 + 10 * rng.nextDouble(), 3, 10);
                thin(side, 0.4, 0, 1);
            }
            case TORN -> widen(6 + 3 * rng.nextDouble(), 1);
        }
    }

    private void thin(int side, double factor, int from, int to) {
        for (int k = from; k < to; k++) {
            size[side][k] *= factor;
        }
    }

    /** The best prices move out, and all levels with them; gaps between levels grow. */
    private void widen(double spread, double gaps) {
        for (int s = 0; s < 2; s++) {
            double first = distance[s][0];
            for (int k = LEVELS - 1; k >= 0; k--) {
                distance[s][k] = Math.min(WIDEST, spread * first) + gaps * (distance[s][k] - first);
            }
        }
    }

    private void sum(int i) {
        double half = 0.5 * (distance[0][0] + distance[1][0]);
        double mid = path.close[i] * (1 + half * 0.4 * (2 * rng.nextDouble() - 1));
        for (int s = 0; s < 2; s++) {
            int sign = s == 0 ? -1 : 1;
            column[s][i] = mid * (1 + sign * half);
            double base = 0;
            double money = 0;
            int count = 0;
            int band = 0;
            for (int k = 0; k < LEVELS; k++) {
                double away = distance[s][k] - distance[s][0] + half;
                for (; band < 3 && away > POINTS[band] * 1e-4; band++) {
                    column[8 + 3 * s + band][i] = money;
                }
                base += size[s][k];
                money += size[s][k] * mid * (1 + sign * away);
                if (count < 3 && k + 1 == COUNTS[count]) {
                    column[2 + 3 * s + count++][i] = base;
                }
            }
            for (; band < 3; band++) {
                column[8 + 3 * s + band][i] = money;
            }
        }
    }

    private Frame addTo(Frame bars) {
        Frame out = bars.with(Columns.BOOK_BID, column[0]).with(Columns.BOOK_ASK, column[1]);
        for (int k = 0; k < 3; k++) {
            out = out.with(Columns.BOOK_BID_SIZE + COUNTS[k], column[2 + k])
                    .with(Columns.BOOK_ASK_SIZE + COUNTS[k], column[5 + k])
                    .with(Columns.BOOK_BID_DEPTH + POINTS[k], column[8 + k])
                    .with(Columns.BOOK_ASK_DEPTH + POINTS[k], column[11 + k]);
        }
        return out;
    }
}
