package org.lama.backtest.honesty;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Draws blocks of dates and a sign for the gap and for the body of each date, for all assets alike. */
final class SignedBlocks {
    private SignedBlocks() {}

    static DrawnMoves draw(MarketMoves source, int rows, int meanBlock, long seed) {
        int assets = source.symbols.size();
        DrawnMoves drawn = new DrawnMoves(assets, rows);
        Rng rng = Seeds.rng(seed, 0);
        int at = rng.nextInt(source.rows);
        for (int t = 0; t < rows; t++) {
            // All draws of a row come first, so that the number of assets does not change which dates are drawn.
            double gapSign = sign(rng);
            double bodySign = sign(rng);
            for (int a = 0; a < assets; a++) {
                copy(source, a, at, drawn, t, gapSign, bodySign);
            }
            boolean jump = rng.nextInt(meanBlock) == 0;
            int elsewhere = rng.nextInt(source.rows);
            at = jump ? elsewhere : (at + 1) % source.rows;
        }
        return drawn;
    }

    /** The common sign is turned by the asset's own, so that assets that fell together fall or rise together. */
    private static void copy(
            MarketMoves source, int a, int at, DrawnMoves drawn, int t, double gapSign, double bodySign) {
        double gap = source.gap[a][at];
        double body = source.body[a][at];
        drawn.gap[a][t] = DrawnMoves.fair(gap, gapSign * Math.signum(gap));
        drawn.body[a][t] = DrawnMoves.fair(body, bodySign * Math.signum(body));
        boolean turned = bodySign < 0;
        drawn.up[a][t] = turned ? source.down[a][at] : source.up[a][at];
        drawn.down[a][t] = turned ? source.up[a][at] : source.down[a][at];
        drawn.quoteVolume[a][t] = source.quoteVolume[a][at];
    }

    private static double sign(Rng rng) {
        return rng.nextLong() < 0 ? -1 : 1;
    }
}
