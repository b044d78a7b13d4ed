package org.lama.models.garch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GarchDeterminismTest {
    private static List<double[]> fits(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<double[]>> jobs = new ArrayList<>();
            for (long seed = 0; seed < 3; seed++) {
                double[] returns = GarchTest.returns(300, seed);
                for (GarchSpec spec : GarchTest.FAMILY) {
                    jobs.add(() -> Garch.fit(returns, spec).parameters());
                    jobs.add(() -> Garch.fit(returns, spec).forecastVariance(3));
                    jobs.add(() -> Garch.fit(returns, spec).simulate(5, 7));
                }
            }
            List<double[]> results = new ArrayList<>();
            for (Future<double[]> result : pool.invokeAll(jobs)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() throws Exception {
        List<double[]> one = fits(1);
        for (int threads : new int[] {2, 7}) {
            List<double[]> more = fits(threads);
            for (int i = 0; i < one.size(); i++) {
                assertThat(more.get(i)).as("job %d on %d threads", i, threads).containsExactly(one.get(i));
            }
        }
    }
}
