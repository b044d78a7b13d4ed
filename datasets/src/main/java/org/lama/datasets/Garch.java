package org.lama.datasets;

/** Conditional variance relative to its long-run level: h' = (1 - α - β) + α ε² + β h, between bounds. */
final class Garch {
    private static final double PERSISTENCE_PER_DAY = 0.97;
    private static final double ALPHA_PER_DAY = 0.07;

    private final double alpha;
    private final double beta;
    private double variance = 1;

    Garch(double dayFraction) {
        alpha = ALPHA_PER_DAY * StrictMath.sqrt(dayFraction);
        beta = StrictMath.pow(PERSISTENCE_PER_DAY, dayFraction) - alpha;
    }

    /** The standard deviation that holds for the coming bar. */
    double deviation() {
        return StrictMath.sqrt(variance);
    }

    /** Takes the innovation of the bar that ended, in units of its own deviation. */
    void update(double innovation) {
        double next = 1 - alpha - beta + variance * (alpha * innovation * innovation + beta);
        variance = Math.max(0.1, Math.min(16, next));
    }
}
