package org.lama.datasets;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/** Book summaries and pool series, tied to the latent liquidity of an asset with noise of their own. */
final class LiquidityColumns {
    private LiquidityColumns() {}

    /** Last snapshot of the book before the close; both sides are never crossed, and deeper bands hold more. */
    static Frame withBook(Frame bars, AssetPath path, long seed) {
        int n = path.close.length;
        double[][] c = new double[14][n];
        Rng rng = Seeds.rng(seed, 10);
        double lean = 0;
        for (int i = 0; i < n; i++) {
            double wide =
                    path.traits.halfSpread() * StrictMath.exp(-0.8 * path.liquidity[i] + 0.15 * rng.nextGaussian());
            double half = Math.min(0.05, wide);
            double mid = path.close[i] * (1 + half * 0.4 * (2 * rng.nextDouble() - 1));
            c[0][i] = mid * (1 - half);
            c[1][i] = mid * (1 + half);
            // The lean follows what has just happened and noise: it says nothing about the next bar.
            lean = 0.5 * lean + 0.12 * StrictMath.tanh(path.surprise[i]) + 0.12 * rng.nextGaussian();
            double side = 0.5 + 0.4 * StrictMath.tanh(lean);
            for (int s = 0; s < 2; s++) {
                double share = s == 0 ? side : 1 - side;
                double depth =
                        path.traits.depth() * share * StrictMath.exp(path.liquidity[i] + 0.15 * rng.nextGaussian());
                double[] bands = ladder(rng, depth, 0.22, 0.55);
                double[] sizes = ladder(rng, bands[0] * 0.6 / path.close[i], 0.12, 0.55);
                for (int k = 0; k < 3; k++) {
                    c[2 + 3 * s + k][i] = sizes[k];
                    c[8 + 3 * s + k][i] = bands[k];
                }
            }
        }
        Frame out = bars.with(Columns.BOOK_BID, c[0]).with(Columns.BOOK_ASK, c[1]);
        int[] levels = {1, 5, 10};
        int[] points = {10, 25, 50};
        for (int k = 0; k < 3; k++) {
            out = out.with(Columns.BOOK_BID_SIZE + levels[k], c[2 + k])
                    .with(Columns.BOOK_ASK_SIZE + levels[k], c[5 + k])
                    .with(Columns.BOOK_BID_DEPTH + points[k], c[8 + k])
                    .with(Columns.BOOK_ASK_DEPTH + points[k], c[11 + k]);
        }
        return out;
    }

    /** Three growing amounts, of which the last is given: shares around {@code inner} and {@code middle}. */
    private static double[] ladder(Rng rng, double all, double inner, double middle) {
        double first = inner * (0.8 + 0.4 * rng.nextDouble());
        double second = Math.max(first * 1.01, middle * (0.85 + 0.3 * rng.nextDouble()));
        return new double[] {all * first, all * second, all};
    }

    /** Pools and chain as of the close; pools follow liquidity slowly, as capital moves in and out. */
    static Frame withPools(Frame bars, AssetPath path, long seed) {
        int n = path.close.length;
        double[][] c = new double[8][n];
        Rng rng = Seeds.rng(seed, 11);
        AssetTraits traits = path.traits;
        double keep = StrictMath.pow(0.75, path.dayFraction);
        double slow = path.liquidity[0];
        double drift = 0;
        for (int i = 0; i < n; i++) {
            slow = keep * slow + (1 - keep) * path.liquidity[i];
            drift += 0.01 * StrictMath.sqrt(path.dayFraction) * rng.nextGaussian() - 0.002 * path.dayFraction * drift;
            double price = path.close[i];
            double locked = traits.lockedValue()
                    * StrictMath.exp(0.8 * slow
                            + 0.4 * StrictMath.log(price / traits.firstPrice())
                            + drift
                            + 0.02 * rng.nextGaussian());
            double busy = 0.3 * (Math.min(6, Math.abs(path.surprise[i])) - 0.7) + 0.2 * rng.nextGaussian();
            double concentration =
                    0.12 + 0.6 / (1 + StrictMath.exp(1.5 + 1.2 * slow + 0.1 * rng.nextGaussian() + 3 * drift));
            double largest = StrictMath.sqrt(concentration) * locked / 2;
            c[0][i] = locked;
            c[1][i] = locked * 0.1 * path.dayFraction * StrictMath.exp(busy + 0.4 * path.liquidity[i]);
            c[2][i] = Math.max(2, Math.rint(30 * StrictMath.exp(0.25 * slow + 3 * drift)));
            c[3][i] = concentration;
            c[4][i] = largest / price * StrictMath.exp(3e-4 * rng.nextGaussian());
            c[5][i] = largest;
            c[6][i] = traits.supply() * price;
            c[7][i] = Math.rint(20_000 * path.dayFraction * StrictMath.exp(busy + 0.3 * path.liquidity[i]));
        }
        return bars.with(Columns.POOL_TVL, c[0])
                .with(Columns.POOL_VOLUME, c[1])
                .with(Columns.POOL_COUNT, c[2])
                .with(Columns.POOL_CONCENTRATION, c[3])
                .with(Columns.POOL_RESERVE_BASE, c[4])
                .with(Columns.POOL_RESERVE_QUOTE, c[5])
                .with(Columns.MARKET_CAP, c[6])
                .with(Columns.CHAIN_TRANSFERS, c[7]);
    }
}
