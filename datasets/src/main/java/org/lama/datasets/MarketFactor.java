package org.lama.datasets;

import java.util.Arrays;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/**
 * What all assets share: the factor's innovations and volatility, crashes, episodes of high volatility, of low liquidity
 * and of both, and the common part of liquidity. One array per field, one entry per bar.
 */
final class MarketFactor {
    /** Chance of a crash a day; size of its log return, and its spread. */
    static final double CRASHES_PER_DAY = 1.0 / 300;

    private static final double CRASH_MEAN = -0.11;
    private static final double CRASH_DEVIATION = 0.03;
    private static final double DAILY_VOLATILITY = 0.025;
    private static final double STRESS_DECAY_DAYS = 5;
    private static final int BLOCK_DAYS = 365;

    final double dayFraction;
    final double[] volatility;
    final double[] innovation;
    final double[] jump;
    /** Factor on volatility from episodes and the aftermath of crashes, at least 1. */
    final double[] heat;

    /** Logarithm of common liquidity, 0 in normal times. */
    final double[] liquidity;

    MarketFactor(long seed, int bars, double dayFraction) {
        this.dayFraction = dayFraction;
        volatility = new double[bars];
        innovation = new double[bars];
        jump = new double[bars];
        heat = new double[bars];
        liquidity = new double[bars];
        episodes(Seeds.rng(seed, 0), bars);
        path(Seeds.rng(seed, 1), bars);
    }

    /**
     * In every year one episode of each kind: hot, dry, and both; each in its own third of the year, in a random order.
     * Their dates do not depend on prices, and volatility and liquidity move no mean, so that they cannot be traded.
     */
    private void episodes(Rng rng, int bars) {
        Arrays.fill(heat, 1);
        int blockBars = (int) Math.round(BLOCK_DAYS / dayFraction);
        for (int from = 0; from < bars; from += blockBars) {
            int turn = rng.nextInt(3);
            for (int third = 0; third < 3; third++) {
                int kind = (third + turn) % 3;
                double days = kind == 2 ? 10 + 6 * rng.nextDouble() : 20 + 15 * rng.nextDouble();
                int length = (int) Math.round(days / dayFraction);
                int start = from + third * blockBars / 3 + rng.nextInt(Math.max(1, blockBars / 3 - length));
                for (int i = start; i < Math.min(bars, start + length); i++) {
                    heat[i] *= kind == 1 ? 1 : 1.9;
                    liquidity[i] -= kind == 0 ? 0 : 1.2;
                }
            }
        }
    }

    private void path(Rng rng, int bars) {
        Garch garch = new Garch(dayFraction);
        double stress = 0;
        double tide = 0;
        double keep = StrictMath.pow(0.97, dayFraction);
        double fade = StrictMath.exp(-dayFraction / STRESS_DECAY_DAYS);
        for (int i = 0; i < bars; i++) {
            heat[i] *= 1 + stress;
            double deviation = garch.deviation();
            volatility[i] = DAILY_VOLATILITY * StrictMath.sqrt(dayFraction) * deviation * heat[i];
            innovation[i] = Innovations.next(rng);
            garch.update(innovation[i]);
            boolean crash = rng.nextDouble() < CRASHES_PER_DAY * dayFraction;
            double size = CRASH_MEAN + CRASH_DEVIATION * rng.nextGaussian();
            jump[i] = crash ? size : 0;
            stress = crash ? 1.2 : stress * fade;
            tide = keep * tide + StrictMath.sqrt(1 - keep * keep) * 0.25 * rng.nextGaussian();
            liquidity[i] += tide - 0.3 * StrictMath.log(deviation) - stress;
        }
    }

    /** Log return of the factor in one bar. */
    double logReturn(int bar) {
        return volatility[bar] * innovation[bar] + jump[bar];
    }

    /** log E exp(beta · factor) given the past: what keeps expected simple returns at zero. */
    double logMoment(int bar, double beta) {
        double jumps = StrictMath.exp(beta * CRASH_MEAN + 0.5 * beta * beta * CRASH_DEVIATION * CRASH_DEVIATION);
        return Innovations.logMoment(beta * volatility[bar])
                + StrictMath.log(1 + CRASHES_PER_DAY * dayFraction * (jumps - 1));
    }
}
