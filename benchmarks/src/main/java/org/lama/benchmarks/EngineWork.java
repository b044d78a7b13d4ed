package org.lama.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.BarFiles;
import org.lama.core.data.LoadOptions;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument.Kind;

/**
 * The two runs that are also given to other engines: an SMA crossover of 600 and 3,600 bars in one market, and a rotation
 * into the ten of many assets that rose most over 90 bars, every 30 bars. Costs 0.1 % and 0.05 %, all capital, no limits:
 * the peers have none.
 */
final class EngineWork {
    private static final int FAST = 600;
    private static final int SLOW = 3600;
    private static final int LOOK = 90;
    private static final int TOP = 10;
    private static final int EVERY = 30;

    private EngineWork() {}

    static MarketData load(Path bars) throws IOException {
        return BarFiles.load(bars, LoadOptions.defaults());
    }

    static BacktestResult crossover(MarketData data) {
        return BarEngine.run(data, new Crossover(), settings(Kind.SPOT, OrderSizing.AT_FILL));
    }

    /** On credit and sized at the open, as the peers do it. */
    static BacktestResult rotation(MarketData data) {
        int last = data.frames().get(0).size() - 1;
        return BarEngine.run(data, new Rotation(data.symbols().size(), last), settings(Kind.PERP, OrderSizing.AT_OPEN));
    }

    private static EngineSettings settings(Kind kind, OrderSizing sizing) {
        return EngineSettings.builder()
                .cost(FlatCost.DEFAULT)
                .kind(kind)
                .orderSizing(sizing)
                .quantityMode(QuantityMode.FRACTIONAL)
                .limits(RiskLimits.DEFAULT.withoutLiquidityCap())
                .build();
    }

    /** Running sums of whole cents, so that the comparison of the averages is exact. */
    private static final class Crossover implements Strategy {
        private static final int MASK = 4095;

        /** The last closes in cents, 0 before the first. */
        private final long[] recent = new long[MASK + 1];

        private long sumFast;
        private long sumSlow;
        private boolean above;

        @Override
        public void onBar(Context context) {
            int bars = context.bars(0);
            long now = cents(context.close(0));
            sumFast += now - recent[bars - FAST & MASK];
            sumSlow += now - recent[bars - SLOW & MASK];
            recent[bars & MASK] = now;
            boolean higher = bars >= SLOW && sumFast * SLOW > sumSlow * FAST;
            if (higher != above) {
                above = higher;
                context.target(0, above ? 1 : 0);
            }
        }

        private static long cents(double price) {
            return (long) (price * 100 + 0.5);
        }
    }

    /** Ties go to the first. */
    private static final class Rotation implements Strategy {
        private final double[] rise;
        private final boolean[] chosen;
        private final int lastBar;

        Rotation(int assets, int lastBar) {
            rise = new double[assets];
            chosen = new boolean[assets];
            this.lastBar = lastBar;
        }

        @Override
        public void onBar(Context context) {
            int bar = context.bars(0) - 1;
            if (bar < LOOK || bar >= lastBar || (bar - LOOK) % EVERY != 0) {
                return;
            }
            for (int s = 0; s < rise.length; s++) {
                rise[s] = context.close(s, 0) / context.close(s, LOOK) - 1;
                chosen[s] = false;
            }
            for (int k = 0; k < Math.min(TOP, rise.length); k++) {
                chosen[best()] = true;
            }
            for (int s = 0; s < rise.length; s++) {
                if (chosen[s] || context.position(s) != 0) {
                    context.target(s, chosen[s] ? 1.0 / TOP : 0);
                }
            }
        }

        private int best() {
            int best = -1;
            for (int s = 0; s < rise.length; s++) {
                if (!chosen[s] && (best < 0 || rise[s] > rise[best])) {
                    best = s;
                }
            }
            return best;
        }
    }
}
