import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.api.Backtest;
import org.lama.backtest.api.BacktestRequest;
import org.lama.backtest.api.BacktestSettings;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** What a program of a user does: its own strategy on its own bars, and a built-in one on the synthetic market. */
class ConsumerTest {
    static final class Rising implements Strategy {
        private final int bars;

        Rising(Parameters p) {
            bars = p.integer("bars", 3);
        }

        @Override
        public void onBar(Context now) {
            if (now.bars(0) > bars) {
                now.target(0, now.close(0, 0) > now.close(0, bars) ? 1 : 0);
            }
        }
    }

    @Test
    void itsOwnStrategyOnItsOwnBars(@TempDir Path folder) throws IOException {
        StringBuilder bars = new StringBuilder("time,open,high,low,close,volume\n");
        for (int day = 1; day <= 28; day++) {
            bars.append(String.format("2024-02-%02d,%d,%d,%d,%d,1000%n", day, 99 + day, 100 + day, 99 + day, 100 + day));
        }
        Path file = Files.writeString(folder.resolve("UPUSDT.csv"), bars);
        Backtest test = Lama.backtest(BacktestRequest.of(file, Rising.class, Rising::new)
                .with("bars", 2)
                .withSettings(BacktestSettings.defaults().withCash(1000).withCosts(0, 0)));
        // decided at the close of day 3, bought at the open of day 4 (103), held to the last close (128)
        assertEquals(1000 * 128 / 103.0, test.endEquity(), 1e-5);
        test.write(OutputFolder.prepare(folder.resolve("out"), "backtest", false));
        assertEquals(test.endEquity(), Backtest.open(folder.resolve("out")).endEquity());
        assertTrue(Files.size(folder.resolve("out/report.html")) > 10_000);
    }

    @Test
    void aBuiltInStrategyOnTheSyntheticMarket() throws IOException {
        Backtest test = Lama.backtest(BacktestRequest.of("sma-cross").withData(DataRequest.synthetic(2, 300)));
        assertTrue(test.isSynthetic());
        assertTrue(test.metrics().get("trades") > 0, test.explain());
    }
}
