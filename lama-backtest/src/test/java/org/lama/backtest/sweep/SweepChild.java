package org.lama.backtest.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Sampler;
import org.lama.core.search.Samplers;
import org.lama.core.search.ThreadTaskExecutor;

/** A sweep in a process of its own, which a test kills and starts again. */
public final class SweepChild {
    static final int TRIALS = 600;

    private SweepChild() {}

    /** Folder, threads, and the microseconds that each trial takes. */
    public static void main(String[] args) throws IOException {
        run(Path.of(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
    }

    static SweepResult run(Path folder, int threads, long micros) throws IOException {
        ParameterSpace space = ParameterSpace.parse("a=1..40,b=0.0..1.0,c=x|y|z");
        Sampler sampler = Samplers.random(space, Direction.MAXIMISE, 17);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return Sweep.of(
                            sampler,
                            new Hills(micros),
                            SweepSettings.of(TRIALS, 5).withBatch(16))
                    .withFolder(folder, "data-1", "version-1")
                    .withRealityCheck(StationaryBootstrap.of(200, 5), ThreadTaskExecutor.of(pool))
                    .run(ThreadTaskExecutor.of(pool));
        } finally {
            pool.shutdownNow();
        }
    }

    /** A smooth function with sets that have no value and sets that fail. */
    record Hills(long micros) implements TrialFunction {
        @Override
        public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
            long end = System.nanoTime() + micros * 1000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            int a = parameters.whole("a");
            double b = parameters.number("b");
            if (a % 11 == 0) {
                return TrialFinding.undefined("no trades", TrialFinding.Figures.NONE, "test");
            }
            if (a % 13 == 0) {
                throw new IllegalArgumentException("a must not be\ta multiple of 13,\n got " + a);
            }
            double value =
                    -(a - 20) * (a - 20) / 100.0 - b * b + (parameters.text("c").equals("y") ? 0.5 : 0);
            double[] returns = new double[64];
            for (int t = 0; t < returns.length; t++) {
                returns[t] = Math.sin(a + t) * 0.01 + value * 0.001;
            }
            return TrialFinding.of(value, new TrialFinding.Figures(value / 16, value / 2, -0.1 * b, a), "test")
                    .withReturns(wantsReturns ? returns : new double[0]);
        }

        @Override
        public String canonicalText() {
            return "hills";
        }
    }
}
