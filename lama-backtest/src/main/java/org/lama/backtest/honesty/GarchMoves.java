package org.lama.backtest.honesty;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Draws a common factor and own parts with GARCH(1,1) volatility and Student-t innovations, matched to a market. */
final class GarchMoves {
    private static final double ALPHA = 0.08;
    private static final double BETA = 0.90;
    private static final int DEGREES = 5;

    private GarchMoves() {}

    static DrawnMoves draw(MarketMoves source, int rows, long seed) {
        int assets = source.symbols.size();
        DrawnMoves drawn = new DrawnMoves(assets, rows);
        double[] factor = factor(source);
        double factorVariance = MarketMoves.meanSquare(factor);
        double[] common = simulate(factorVariance, rows, Seeds.rng(seed, 0));
        for (int a = 0; a < assets; a++) {
            double loading = factorVariance > 0 ? product(source.body[a], factor) / factorVariance : 0;
            double own = Math.max(0, source.bodyVariance(a) - loading * loading * factorVariance);
            double[] idiosyncratic = simulate(own, rows, Seeds.rng(seed, 1 + 2L * a));
            Rng rest = Seeds.rng(seed, 2 + 2L * a);
            double gapDeviation = Math.sqrt(MarketMoves.meanSquare(source.gap[a]));
            for (int t = 0; t < rows; t++) {
                double body = loading * common[t] + idiosyncratic[t];
                double gap = gapDeviation * rest.nextGaussian();
                int row = rest.nextInt(source.rows);
                drawn.body[a][t] = DrawnMoves.fair(body, Math.signum(body));
                drawn.gap[a][t] = DrawnMoves.fair(gap, Math.signum(gap));
                drawn.up[a][t] = source.up[a][row];
                drawn.down[a][t] = source.down[a][row];
                drawn.quoteVolume[a][t] = source.quoteVolume[a][row];
            }
        }
        return drawn;
    }

    /** The mean body over the assets; with one asset there is no common part. */
    private static double[] factor(MarketMoves source) {
        double[] factor = new double[source.rows];
        int assets = source.symbols.size();
        for (int t = 0; assets > 1 && t < factor.length; t++) {
            for (int a = 0; a < assets; a++) {
                factor[t] += source.body[a][t] / assets;
            }
        }
        return factor;
    }

    private static double product(double[] x, double[] y) {
        double sum = 0;
        for (int t = 0; t < x.length; t++) {
            sum += x[t] * y[t];
        }
        return sum / x.length;
    }

    /** Moves with GARCH(1,1) volatility around 0 and a given unconditional variance. */
    static double[] simulate(double variance, int rows, Rng rng) {
        double[] moves = new double[rows];
        double now = variance;
        for (int t = 0; t < rows; t++) {
            // Bounded, as the moves that are taken from data are.
            moves[t] = Math.max(-1.5, Math.min(1.5, Math.sqrt(now) * student(rng)));
            now = variance * (1 - ALPHA - BETA) + ALPHA * moves[t] * moves[t] + BETA * now;
        }
        return moves;
    }

    /** Student-t of unit variance: a normal over the root of a chi-square. */
    private static double student(Rng rng) {
        double normal = rng.nextGaussian();
        double chi = 0;
        for (int i = 0; i < DEGREES; i++) {
            double g = rng.nextGaussian();
            chi += g * g;
        }
        return normal / Math.sqrt(chi / (DEGREES - 2.0));
    }
}
