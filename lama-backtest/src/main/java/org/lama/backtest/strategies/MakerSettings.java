package org.lama.backtest.strategies;

import org.lama.core.base.Check;

/**
 * What the maker after Avellaneda and Stoikov is told, from parameters by name. Times are nanoseconds, distances fractions
 * of the mid price, quantities base units or contracts.
 */
record MakerSettings(
        double riskAversion,
        double horizonSeconds,
        double sigma,
        double kappa,
        double halfLifeSeconds,
        double leastHalfSpread,
        double feeFraction,
        Sizes sizes,
        Pace pace) {
    private static final double NANOS = 1e9;
    private static final double BPS = 1e-4;

    /** How much is quoted and held. */
    record Sizes(double quantity, double leastQuantity, double leastNotional, double mostHeld, boolean skewed) {}

    /** How often quotes move. */
    record Pace(long stepNanos, long mostAgeNanos, long staleNanos, int requoteTicks) {}

    static MakerSettings of(Parameters p) {
        double gamma = p.number("gamma", 100, 1e-6, 1e9);
        double horizon = p.number("horizonSeconds", 300, 1e-3, 86_400);
        double sigma = p.number("sigma", 0, 0, 1);
        double kappa = p.number("kappa", 0, 0, 1e9);
        double halfLife = p.number("halfLifeSeconds", 60, 1, 86_400);
        double spread = p.number("minSpreadBps", 0, 0, 10_000);
        double fee = p.number("feeBps", 0, -100, 1000);
        double quantity = p.number("quantity", 1, Double.MIN_NORMAL, 1e12);
        double most = p.number("inventory", 5, Double.MIN_NORMAL, 1e12);
        Check.that(quantity <= most, "parameter quantity must be at most inventory=" + most + ", got " + quantity);
        Sizes sizes = new Sizes(
                quantity,
                p.number("minQuantity", 0, 0, 1e12),
                p.number("minNotional", 0, 0, 1e12),
                most,
                p.flag("skewSizes", false));
        Pace pace = new Pace(
                p.integer("stepMillis", 100, 1, 3_600_000) * 1_000_000L,
                nanos(p.number("maxAgeSeconds", 5, 0.001, 86_400)),
                nanos(p.number("staleSeconds", 10, 0.001, 86_400)),
                p.integer("requoteTicks", 1, 1, 1_000_000));
        return new MakerSettings(gamma, horizon, sigma, kappa, halfLife, 0.5 * spread * BPS, fee * BPS, sizes, pace);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS);
    }
}
