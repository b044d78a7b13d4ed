package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** The loop allocates nothing per bar while positions are held, marked and read. */
class EngineAllocationTest {
    private static final int BARS = 30_000;
    private static final int WARM = 20_000;
    private static final long MINUTE = 60_000_000_000L;

    /** Buys once, then reads prices, equity and weights at each bar and notes what the thread has allocated. */
    private static final class Watcher implements Strategy {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final int symbols;
        private int bar;
        long before;
        long after;
        double sum;

        Watcher(int symbols) {
            this.symbols = symbols;
        }

        @Override
        public void onBar(Context context) {
            for (int s = 0; s < symbols; s++) {
                if (bar == 0) {
                    context.target(s, 0.8 / symbols);
                }
                sum += context.close(s) + context.high(s, 0) + context.weight(s) + context.position(s);
            }
            sum += context.equity() + context.cash();
            bar++;
            if (bar == WARM) {
                before = threads.getCurrentThreadAllocatedBytes();
            } else if (bar == BARS) {
                after = threads.getCurrentThreadAllocatedBytes();
            }
        }
    }

    private static MarketData walk(int symbols) {
        Frame[] frames = new Frame[symbols];
        for (int s = 0; s < symbols; s++) {
            double[] price = new double[BARS];
            for (int i = 0; i < BARS; i++) {
                price[i] = 100 + 10 * StrictMath.sin(0.01 * i + s);
            }
            frames[s] = Frame.of(
                            "S" + s,
                            TimeIndex.regular(0, MINUTE, BARS),
                            MINUTE,
                            new Provenance(Provenance.Kind.SYNTHETIC, "walk", "", ""))
                    .with(Columns.OPEN, price)
                    .with(Columns.HIGH, price)
                    .with(Columns.LOW, price)
                    .with(Columns.CLOSE, price);
        }
        return Markets.of(frames);
    }

    private static long bytesPerRun(int symbols, EngineSettings settings) {
        MarketData data = walk(symbols);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            Watcher watcher = new Watcher(symbols);
            BacktestResult result = BarEngine.run(data, watcher, settings);
            assertThat(result.fillCount()).isEqualTo(symbols);
            assertThat(watcher.sum).isGreaterThan(0);
            least = Math.min(least, watcher.after - watcher.before);
        }
        return least;
    }

    @Test
    void aBarOfOneInstrumentAllocatesNothing() {
        assertThat(bytesPerRun(1, EngineSettings.DEFAULT)).isZero();
    }

    @Test
    void aBarOfManyInstrumentsOnMarginAllocatesNothing() {
        EngineSettings margin = EngineSettings.builder()
                .kind(Kind.PERP)
                .marginMode(MarginMode.ISOLATED)
                .leverage(2)
                .build();
        assertThat(bytesPerRun(7, margin)).isZero();
    }
}
