package org.lama.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.lama.core.base.Check;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.models.arima.AutoArima;
import org.lama.models.arima.AutoArimaResult;
import org.lama.models.arima.RollingArima;

/**
 * The refits of a walk-forward study over many assets: an order chosen for every window of a year, a month apart, each
 * asset by itself. Equal results for any number of threads.
 */
final class Panel {
    static final int ASSETS = 100;
    static final int DAYS = 3_650;
    static final int THREADS = 2;

    private final List<double[]> series;

    /** What shows that the work was done. */
    record Outcome(int choices, double meanAicc) {}

    private Panel(List<double[]> series) {
        this.series = series;
    }

    /** The series of some assets, each of its own stream of random numbers. */
    static Panel of(int assets, int days) {
        Check.atLeast(assets, 1, "assets");
        Check.atLeast(days, PeerWork.WINDOW + PeerWork.STEP, "days");
        return new Panel(IntStream.range(0, assets)
                .mapToObj(asset -> BenchmarkData.logPrices(days, asset))
                .toList());
    }

    /** All choices on {@link #THREADS} threads; warm: each window from the one before. */
    Outcome run(boolean warm) {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Outcome> outcomes = ThreadTaskExecutor.of(pool).map(series.size(), k -> walk(series.get(k), warm));
            int choices = outcomes.stream().mapToInt(Outcome::choices).sum();
            double sum = outcomes.stream()
                    .mapToDouble(outcome -> outcome.choices() * outcome.meanAicc())
                    .sum();
            return new Outcome(choices, sum / choices);
        } finally {
            pool.shutdown();
        }
    }

    private static Outcome walk(double[] y, boolean warm) {
        RollingArima chain = RollingArima.of();
        int choices = 0;
        double sum = 0;
        for (int start = 0; start + PeerWork.WINDOW + PeerWork.STEP <= y.length; start += PeerWork.STEP) {
            double[] window = Arrays.copyOfRange(y, start, start + PeerWork.WINDOW);
            AutoArimaResult result = warm ? chain.select(window).result() : AutoArima.select(window);
            sum += result.fit().aicc();
            choices++;
        }
        return new Outcome(choices, sum / choices);
    }
}
