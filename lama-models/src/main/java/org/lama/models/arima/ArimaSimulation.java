package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Draws paths of a model from nothing but its coefficients. */
final class ArimaSimulation {
    private ArimaSimulation() {}

    static double[] path(ArimaSpec spec, double[] coefficients, double sigma, int rows, long seed) {
        Check.positive(sigma, "sigma");
        Check.atLeast(rows, 1, "rows");
        SeasonalParameters at = new SeasonalParameters(spec);
        int arma = at.dimension();
        at.set(Arrays.copyOf(coefficients, arma));
        Check.that(at.stationary(), "coefficients must be stationary, got " + Arrays.toString(coefficients));
        ArimaSpec.Seasonal season = spec.seasonal();
        double[] delta = Polynomials.differencing(spec.d(), season.d(), season.period());
        // levels before the first row are zero and known
        LevelFilter filter = new LevelFilter(at.fullPhi, at.fullTheta, delta, 0);
        filter.begin(0);
        double mean = spec.mean() ? coefficients[arma] : 0;
        double drift = spec.drift() ? coefficients[coefficients.length - 1] : 0;
        Rng rng = Seeds.rng(seed, 0);
        double[] path = new double[rows];
        for (int t = 0; t < rows; t++) {
            // each row from its distribution given the rows before: the stationary start is exact, nothing is burnt in
            double value = filter.mean() + Math.sqrt(filter.variance()) * rng.nextGaussian();
            filter.step(value, 0);
            path[t] = mean + drift * (t + 1) + sigma * value;
        }
        return path;
    }
}
