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
        MakerSize size,
        Sizes sizes,
        Pace pace) {
    private static final double NANOS = 1e9;
    private static final double BPS = 1e-4;

    /** What is too small to be quoted, and whether the side that enlarges the inventory shrinks. */
    record Sizes(double leastQuantity, double leastNotional, boolean skewed) {}

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
        MakerSize size = MakerSize.of(p);
        Check.that(
                size.mostHeld() == 0 || size.quantity() <= size.mostHeld(),
                "parameter quantity must be at most inventory=" + size.mostHeld() + ", got " + size.quantity());
        Sizes sizes = new Sizes(
                p.number("minQuantity", 0, 0, 1e12), p.number("minNotional", 0, 0, 1e12), p.flag("skewSizes", false));
        Pace pace = new Pace(
                p.integer("stepMillis", 100, 1, 3_600_000) * 1_000_000L,
                nanos(p.number("maxAgeSeconds", 5, 0.001, 86_400)),
                nanos(p.number("staleSeconds", 10, 0.001, 86_400)),
                p.integer("requoteTicks", 1, 1, 1_000_000));
        return new MakerSettings(
                gamma, horizon, sigma, kappa, halfLife, 0.5 * spread * BPS, fee * BPS, size, sizes, pace);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS);
    }
}
