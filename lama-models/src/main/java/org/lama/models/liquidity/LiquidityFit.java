package org.lama.models.liquidity;

/** What was learned: mean and standard deviation of the change over seven days, from how many rows, at what coverage. */
record LiquidityFit(LiquidityProfile profile, int rows, double mean, double deviation, double meanCoverage) {
    /** tanh(z / 2) of a finite change. */
    double signal(double change) {
        return StrictMath.tanh(0.5 * (change - mean) / deviation);
    }
}
