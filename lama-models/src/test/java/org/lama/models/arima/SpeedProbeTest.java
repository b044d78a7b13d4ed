package org.lama.models.arima;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class SpeedProbeTest {
    @Test
    void probe() {
        for (int n : new int[] {365, 8760}) {
            double[] y = new double[n];
            Rng rng = Seeds.rng(5, 5);
            double x = 0;
            for (int t = 1; t < n; t++) {
                x = 0.3 * x + rng.nextGaussian();
                y[t] = y[t - 1] + x + (t % 7 == 0 ? 0.4 : 0);
            }
            double[] gaps = y.clone();
            for (int t = 10; t < n; t += 50) {
                gaps[t] = Double.NaN;
            }
            for (double[] series : new double[][] {y, gaps}) {
                for (int round = 0; round < 4; round++) {
                    int reps = n == 365 ? 200 : 5;
                    long t0 = System.nanoTime();
                    for (int i = 0; i < reps; i++) {
                        Arima.fit(series, new ArimaSpec(1, 1, 1, false));
                    }
                    long t1 = System.nanoTime();
                    int candidates = 0;
                    int evaluations = 0;
                    for (int i = 0; i < reps; i++) {
                        AutoArimaResult result = AutoArima.select(
                                series, AutoArimaOptions.defaults().withDifference(DifferenceRule.kpss(2)));
                        candidates = result.candidates().size();
                        evaluations = result.fit().evaluations();
                    }
                    long t2 = System.nanoTime();
                    System.err.printf(
                            "n %d gaps %b 111 %.3f ms auto %.3f ms candidates %d evals %d%n",
                            n, series == gaps, (t1 - t0) / 1e6 / reps, (t2 - t1) / 1e6 / reps, candidates, evaluations);
                }
            }
        }
    }
}
