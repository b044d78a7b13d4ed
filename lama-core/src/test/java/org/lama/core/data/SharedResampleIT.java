package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.series.Frame;
import org.lama.core.series.Resample;

/** Bars made of finer ones against the venue's own. */
class SharedResampleIT {
    private static final List<String> PRICES = List.of("open", "high", "low", "close");

    private static Frame load(String file) throws IOException {
        return BarFiles.load(SharedData.path("data/" + file), LoadOptions.defaults())
                .frames()
                .get(0);
    }

    /** Number of common bars, and of those with equal values in each column. */
    private static Map<String, Integer> equal(Frame fine, Frame own, double volumeTolerance) {
        Frame made = Resample.bars(fine, own.barNanos());
        Map<String, Integer> equal = new TreeMap<>();
        for (int i = 0, j = 0; i < made.size() && j < own.size(); ) {
            int order = Long.compare(made.index().at(i), own.index().at(j));
            boolean both = order == 0
                    && made.column("close").get(i) > 0
                    && own.column("close").get(j) > 0;
            if (both) {
                equal.merge("bars", 1, Integer::sum);
                for (String name : PRICES) {
                    equal.merge(
                            name, made.column(name).get(i) == own.column(name).get(j) ? 1 : 0, Integer::sum);
                }
                double volume = own.column("volume").get(j);
                boolean near = Math.abs(made.column("volume").get(i) - volume) <= volumeTolerance * volume;
                equal.merge("volume", near ? 1 : 0, Integer::sum);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return equal;
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "ETH"})
    void binanceHoursOfFiveMinutesAreTheVenuesOwn(String coin) throws IOException {
        Frame fine = load("ohlcv_5m/binance_spot_" + coin + "USDT_5m_2024-01_2024-09.csv.gz");
        Frame own = load("ohlcv_1h/binance_spot_2024/" + coin + "USDT_1h_2024-01_2024-09.csv.gz");
        // volumes: twelve sums of doubles against one decimal sum differ by their rounding, at most 4.4e-16
        assertThat(equal(fine, own, 1e-15))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("bars", 5980, "open", 5980, "high", 5980, "low", 5980, "close", 5980, "volume", 5980));
    }

    @Test
    void coinbaseDaysOfMinutesAreThoseOfTheSameCollector() throws IOException {
        Frame fine = load("lean/crypto_coinbase_btcusd_minute_trade.csv.gz");
        Frame own = load("lean/crypto_coinbase_btcusd_daily_trade.csv.gz");
        assertThat(equal(fine, own, 1e-15))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("bars", 9, "open", 9, "high", 9, "low", 9, "close", 9, "volume", 9));
    }

    @Test
    void anotherCollectorsBarsOfTheSameVenueAreNotEqual() throws IOException {
        // hours by CryptoDataDownload (opens repeat the close before, a stretch in another time zone), 4 h by another
        Frame fine = load("ohlcv_1h/coinbase_BTCUSD_1h_2017-07_2019-10.csv.gz");
        Frame own = load("ohlcv_4h/coinbase_BTCUSD_4h_2016-05_2022-08.csv.gz");
        Map<String, Integer> equal = equal(fine, own, 1e-9);
        assertThat(equal)
                .containsEntry("bars", 5024)
                .containsEntry("close", 4410)
                .containsEntry("high", 4530)
                .containsEntry("low", 4297)
                .containsEntry("open", 2184);
    }
}
