package org.lama.datasets;

import org.lama.core.base.Rng;

/** What makes one asset differ from another, drawn once. Money in quote currency, volatility per day. */
record AssetTraits(
        double beta,
        double ownVolatility,
        double firstPrice,
        double dailyVolume,
        double halfSpread,
        double depth,
        double lockedValue,
        double supply) {
    static AssetTraits draw(Rng rng) {
        double size = StrictMath.exp(1.2 * rng.nextGaussian());
        double price = StrictMath.exp(StrictMath.log(500) * rng.nextDouble());
        return new AssetTraits(
                0.7 + 0.6 * rng.nextDouble(),
                0.025 + 0.02 * rng.nextDouble(),
                price,
                3e7 * size,
                4e-4 / StrictMath.sqrt(1 + size) * (0.7 + 0.6 * rng.nextDouble()),
                1.5e6 * size,
                6e7 * size,
                1.5e9 * size / price);
    }
}
