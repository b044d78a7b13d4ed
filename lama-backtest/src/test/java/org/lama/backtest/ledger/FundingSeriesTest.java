package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lama.backtest.ledger.Contracts.E8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.backtest.api.SharedFolder;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;

/** Real funding of three venues at their own intervals, booked and compared with decimals. */
class FundingSeriesTest {
    private static final long LOTS = 123_456_789;

    @ParameterizedTest
    @CsvSource({
        "binance_BTCUSDT_8h_2020_2023.csv.gz, 8, 0",
        "dydx_BTCUSDT_1h_2022_2023.csv.gz, 1, 0",
        "kucoin_BTCUSDT_8h_2021_2023.csv.gz, 8, 4"
    })
    void everyPaymentIsExact(String file, int hours, int firstHour) throws IOException {
        List<String> lines = lines(file);
        Contract contract = Contract.linearPerpetual(
                Instrument.of("X", Kind.PERP, "BTC", "USDT"),
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                Duration.ofHours(hours));
        Ledger longs = Contracts.ledger(AccountMode.CREDIT, 1, contract);
        Ledger shorts = Contracts.ledger(AccountMode.CREDIT, 1, contract);
        long mark = 20_000 * E8;
        longs.fill(0, 0, LOTS, mark, mark, 0);
        shorts.fill(0, 0, -LOTS, mark, mark, 0);
        long paid = 0;
        int onTime = 0;
        for (int row = 1; row < lines.size(); row++) {
            String[] cells = lines.get(row).split(",", -1);
            long millis = Long.parseLong(cells[0]);
            onTime += millis / 3_600_000 % 24 % hours == firstHour % hours ? 1 : 0;
            mark = Math.max(E8, mark + (row % 7 - 3) * 17L * E8 / 3);
            BigDecimal exact = new BigDecimal(cells[2]).multiply(notional(mark)).setScale(0, RoundingMode.HALF_EVEN);
            long units = longs.funding(millis * 1_000_000, 0, Double.parseDouble(cells[2]), mark);
            assertThat(units).as("row %d", row).isEqualTo(exact.longValueExact());
            assertThat(shorts.funding(millis * 1_000_000, 0, Double.parseDouble(cells[2]), mark))
                    .isEqualTo(-units);
            paid += units;
        }
        assertThat(onTime).as("rows at the venue's hours").isGreaterThan((lines.size() - 1) * 99 / 100);
        assertThat(longs.fundingUnits(0)).isEqualTo(paid);
        assertThat(longs.equityUnits()).isEqualTo(-paid).isEqualTo(-shorts.equityUnits());
        assertThat(longs.audit()).isEmpty();
    }

    private static BigDecimal notional(long mark) {
        return BigDecimal.valueOf(LOTS)
                .multiply(BigDecimal.valueOf(mark))
                .movePointLeft(8)
                .setScale(0, RoundingMode.HALF_EVEN);
    }

    private static List<String> lines(String file) throws IOException {
        Path path = SharedFolder.require("data/funding/" + file);
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
