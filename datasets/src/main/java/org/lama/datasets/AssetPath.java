package org.lama.datasets;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Bars of one asset with the latent state behind them: one array per field, one entry per bar. */
final class AssetPath {
    private static final int STEPS_INSIDE = 16;
    private static final double GAP_PER_ROOT_DAY = 5e-4;

    final AssetTraits traits;
    final double dayFraction;
    final double[] open;
    final double[] high;
    final double[] low;
    final double[] close;
    final double[] volume;

    /** Log return of the bar over its conditional volatility. */
    final double[] surprise;

    /** Conditional volatility of the bar's log return, known before the bar. */
    final double[] deviation;

    /** Logarithm of the asset's liquidity, 0 in normal times. */
    final double[] liquidity;

    private final double edgePhi;
    private final double edgeKappa;

    /** With {@code kappa = 0} the asset has no edge: the expected simple return of every bar is zero, given the past. */
    AssetPath(long seed, MarketFactor market, PlantedEdge edge, boolean planted) {
        this(seed, market, edge, planted, new double[0]);
    }

    /** With {@code moves}, one for each bar in volatilities of that bar, that follow from nothing in the prices before. */
    AssetPath(long seed, MarketFactor market, PlantedEdge edge, boolean planted, double[] moves) {
        int bars = market.volatility.length;
        dayFraction = market.dayFraction;
        traits = AssetTraits.draw(Seeds.rng(seed, 0));
        edgePhi = edge.phi(dayFraction);
        edgeKappa = planted ? edge.kappa(dayFraction) : 0;
        open = new double[bars];
        high = new double[bars];
        low = new double[bars];
        close = new double[bars];
        volume = new double[bars];
        surprise = new double[bars];
        deviation = new double[bars];
        liquidity = new double[bars];
        prices(market, Seeds.rng(seed, 1), Seeds.rng(seed, 2), moves);
        flows(market, Seeds.rng(seed, 3));
    }

    private void prices(MarketFactor market, Rng rng, Rng inside, double[] moves) {
        Garch garch = new Garch(dayFraction);
        double rootTime = StrictMath.sqrt(dayFraction);
        double last = traits.firstPrice();
        double x = edgeKappa * rng.nextGaussian();
        double gapDeviation = GAP_PER_ROOT_DAY * rootTime;
        for (int i = 0; i < close.length; i++) {
            double own = traits.ownVolatility() * rootTime * garch.deviation() * (1 + 0.6 * (market.heat[i] - 1));
            double common = traits.beta() * market.volatility[i];
            double total = StrictMath.sqrt(common * common + own * own);
            double innovation = Innovations.next(rng);
            garch.update(innovation);
            double fair = -market.logMoment(i, traits.beta())
                    - Innovations.logMoment(own)
                    - 0.5 * edgeKappa * edgeKappa * total * total;
            double body = traits.beta() * market.logReturn(i) + own * innovation + total * x + fair;
            if (i < moves.length && moves[i] != 0) {
                body += total * moves[i];
            }
            deviation[i] = total;
            double gap = gapDeviation * rng.nextGaussian() - 0.5 * gapDeviation * gapDeviation;
            open[i] = last * StrictMath.exp(gap);
            close[i] = open[i] * StrictMath.exp(body);
            surprise[i] = body / total;
            range(i, total, inside);
            last = close[i];
            x = edgePhi * x + edgeKappa * StrictMath.sqrt(1 - edgePhi * edgePhi) * rng.nextGaussian();
        }
    }

    /** High and low of a Brownian bridge from open to close with the volatility of the bar. */
    private void range(int i, double deviation, Rng rng) {
        double from = StrictMath.log(open[i]);
        double to = StrictMath.log(close[i]);
        double top = Math.max(from, to);
        double bottom = Math.min(from, to);
        double at = from;
        for (int left = STEPS_INSIDE; left > 1; left--) {
            double step = deviation * StrictMath.sqrt((left - 1.0) / left / STEPS_INSIDE);
            at += (to - at) / left + step * rng.nextGaussian();
            top = Math.max(top, at);
            bottom = Math.min(bottom, at);
        }
        high[i] = Math.max(StrictMath.exp(top), Math.max(open[i], close[i]));
        low[i] = Math.min(StrictMath.exp(bottom), Math.min(open[i], close[i]));
    }

    private void flows(MarketFactor market, Rng rng) {
        double tide = 0;
        double crowd = 0;
        double keep = StrictMath.pow(0.97, dayFraction);
        double keepCrowd = StrictMath.pow(0.8, dayFraction);
        for (int i = 0; i < close.length; i++) {
            tide = keep * tide + StrictMath.sqrt(1 - keep * keep) * 0.2 * rng.nextGaussian();
            crowd = keepCrowd * crowd + StrictMath.sqrt(1 - keepCrowd * keepCrowd) * 0.35 * rng.nextGaussian();
            liquidity[i] = market.liquidity[i] + tide;
            double activity = 0.5 * liquidity[i]
                    + crowd
                    + 0.35 * (Math.min(6, Math.abs(surprise[i])) - 0.7)
                    + 0.5 * StrictMath.log(market.heat[i])
                    + 0.15 * rng.nextGaussian();
            double quote = traits.dailyVolume() * dayFraction * StrictMath.exp(activity);
            volume[i] = quote / (0.25 * (open[i] + high[i] + low[i] + close[i]));
        }
    }
}
