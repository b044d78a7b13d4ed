package org.lama.backtest.walkforward;

/**
 * Exponentially weighted volatility of log returns with a memory of RiskMetrics' daily 0.94 whatever the bar length
 * (lambda per bar = 0.94^(1/barsPerDay)); missing returns are skipped. The first 20 returns start it.
 */
final class CausalVolatility {
    private static final double DAILY_LAMBDA = 0.94;
    private static final int WARM_UP = 20;

    private CausalVolatility() {}

    /** Standard deviation per bar known at each close; NaN until 20 returns are there. */
    static double[] perBar(double[] logReturns, double barsPerDay) {
        double lambda = Math.pow(DAILY_LAMBDA, 1 / Math.max(1, barsPerDay));
        double[] out = new double[logReturns.length];
        double variance = 0;
        int seen = 0;
        for (int t = 0; t < out.length; t++) {
            double r = logReturns[t];
            if (!Double.isNaN(r)) {
                seen++;
                double weight = Math.max(1 - lambda, 1.0 / seen);
                variance += weight * (r * r - variance);
            }
            out[t] = seen >= WARM_UP ? Math.sqrt(variance) : Double.NaN;
        }
        return out;
    }
}
