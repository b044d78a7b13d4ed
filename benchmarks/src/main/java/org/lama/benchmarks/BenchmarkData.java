package org.lama.benchmarks;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.MarketData;
import org.lama.datasets.SyntheticMarket;
import org.lama.models.garch.GarchSpec;

/** Inputs of the benchmarks, all from one seed: no benchmark reads a file. Stateless and thread-safe. */
final class BenchmarkData {
    static final long SEED = 20_261;

    private static final int BURN_IN = 200;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private BenchmarkData() {}

    /** Log prices: the running sum of an ARMA(1,1) with phi 0.4, theta -0.2 and noise of 2 % a step, from 10 on. */
    static double[] logPrices(int n) {
        return logPrices(n, n);
    }

    /** The same of another stream of random numbers. */
    static double[] logPrices(int n, long stream) {
        Rng rng = Seeds.rng(SEED, stream);
        double[] y = new double[n];
        double level = 10;
        double change = 0;
        double noise = 0;
        for (int t = -BURN_IN; t < n; t++) {
            double next = 0.02 * rng.nextGaussian();
            change = 0.4 * change + next - 0.2 * noise;
            noise = next;
            if (t >= 0) {
                level += change;
                y[t] = level;
            }
        }
        return y;
    }

    /** A volatility model of order one by its short name. */
    static GarchSpec volatilityModel(String name) {
        return switch (name) {
            case "garch" -> GarchSpec.garch(1, 1);
            case "garch-t" -> GarchSpec.garch(1, 1).with(GarchSpec.Distribution.STUDENT_T);
            case "gjr" -> GarchSpec.gjr(1, 1, 1);
            case "egarch" -> GarchSpec.egarch(1, 1, 1);
            default ->
                throw new IllegalArgumentException("model must be garch, garch-t, gjr or egarch, got '" + name + "'");
        };
    }

    /** Standard normal columns, one array per feature. */
    static double[][] normals(int rows, int features) {
        double[][] columns = new double[features][rows];
        for (int f = 0; f < features; f++) {
            Rng rng = Seeds.rng(SEED, f);
            for (int r = 0; r < rows; r++) {
                columns[f][r] = rng.nextGaussian();
            }
        }
        return columns;
    }

    /** Daily bars of the synthetic market. */
    static MarketData market(int assets, int days) {
        return new SyntheticMarket().load(new DatasetProvider.Request(SEED, assets, days, DAY_NANOS));
    }
}
