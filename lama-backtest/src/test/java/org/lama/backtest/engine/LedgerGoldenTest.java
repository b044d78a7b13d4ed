package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lama.backtest.ledger.Journal;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.Fill;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument.Kind;

/**
 * One small run, booked line by line. To rewrite the file after a wanted change run with
 * {@code -Dlama.golden.write=true} and review the difference.
 */
class LedgerGoldenTest {
    private static final String FILE = "ledger_golden.txt";

    @Test
    void theJournalOfASmallRunIsTheOneOnFile() throws IOException {
        double nan = Double.NaN;
        MarketData data = Markets.of(
                Markets.frame(
                        "BTC", new double[] {100, 101, 103, 102, 105, 104}, new double[] {101, 103, 102, 104, 105, 99}),
                Markets.frame(
                        "ETH", new double[] {10, 10.5, nan, 9, 8.5, 8}, new double[] {10.4, 10, nan, 8.7, 8, 8.2}));
        double[][] wishes = {{0.5, -0.25}, {nan, nan}, {0.25, nan}, {nan, 0.3}, {0, 0}};
        int[] bar = {0};
        BacktestResult result = BarEngine.run(
                data,
                context -> {
                    if (bar[0] < wishes.length) {
                        for (int s = 0; s < 2; s++) {
                            if (!Double.isNaN(wishes[bar[0]][s])) {
                                context.target(s, wishes[bar[0]][s]);
                            }
                        }
                    }
                    bar[0]++;
                },
                EngineSettings.DEFAULT.toBuilder().cash(10_000).kind(Kind.PERP).build());
        String text = text(result);
        if (Boolean.getBoolean("lama.golden.write")) {
            Files.writeString(Path.of("src/test/resources/org/lama/backtest/engine", FILE), text);
        }
        try (InputStream in = Objects.requireNonNull(LedgerGoldenTest.class.getResourceAsStream(FILE), FILE)) {
            assertThat(text).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String text(BacktestResult result) {
        StringBuilder out = new StringBuilder("day  debit  credit  units of 1e-8\n");
        Journal journal = result.journal();
        for (int i = 0; i < journal.size(); i++) {
            out.append(journal.tsNanos(i) / Markets.DAY)
                    .append("  ")
                    .append(result.accountName(journal.debit(i)))
                    .append("  ")
                    .append(result.accountName(journal.credit(i)))
                    .append("  ")
                    .append(journal.units(i))
                    .append('\n');
        }
        out.append("fills\n");
        for (Fill fill : result.fills()) {
            out.append(fill).append('\n');
        }
        out.append("round trips\n");
        for (RoundTrip trip : result.roundTrips()) {
            out.append(trip).append('\n');
        }
        out.append("end equity ").append(result.endEquityUnits()).append('\n');
        return out.toString();
    }
}
