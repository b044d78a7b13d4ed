package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.base.Issue.Reason;
import org.lama.core.features.ConstantProduct;
import org.lama.core.market.Columns;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** All real data go into a store by one call, and every fault that their manifest states is found with its count. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedImportIT {
    private Path data;
    private MarketStore store;
    private ImportReport report;

    @BeforeAll
    void importEverything(@TempDir Path folder) throws IOException {
        data = SharedData.path("data");
        store = ParquetStore.open(folder);
        report = FileImport.run(data, store, ImportOptions.defaults());
    }

    @AfterAll
    void close() throws IOException {
        store.close();
    }

    /** The faults of the manifest: file, rule, count. */
    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "ohlcv_1h/binance_spot_BTCUSDT_1h_2017-08_2024-04.csv.gz, MISSING_BARS, 128",
        "ohlcv_1h/binance_spot_BTCUSDT_1h_2017-08_2024-04.csv.gz, SAME_AS_OTHER, 2679",
        "ohlcv_1h/coinbase_BTCUSD_1h_2017-07_2019-10.csv.gz, OUT_OF_ORDER, 5",
        "ohlcv_1h/coinbase_BTCUSD_1h_2017-07_2019-10.csv.gz, TIME_ZONE, 1206",
        "raw_quirks/Coinbase_BTCUSD_1h.csv.gz, BANNER, 1",
        "raw_quirks/Coinbase_BTCUSD_1h.csv.gz, REVERSED, 1",
        "raw_quirks/Coinbase_BTCUSD_1h.csv.gz, SAME_AS_OTHER, 20111",
        "raw_quirks/bitfinex-1h-btc-usd_MISLABELLED.csv.gz, WRONG_VENUE, 17582",
        "raw_quirks/BTC-USD-2017-1m_TRUNCATED.csv.gz, CUT_LINE, 1",
        "ohlcv_1h/cdd_BTCUSD_1h_2018-05_2022-02.csv.gz, SWAPPED_VOLUME, 20143",
        "ohlcv_1h/cdd_ETHUSD_1h_2018-05_2022-02.csv.gz, SWAPPED_VOLUME, 20139",
        "ohlcv_1h/cdd_XRPUSD_1h_2018-05_2022-02.csv.gz, SWAPPED_VOLUME, 20142",
        "ohlcv_1h/cdd_BTCUSD_1h_2018-05_2022-02.csv.gz, ZERO_VOLUME, 5",
        "ohlcv_1h/cdd_ETHUSD_1h_2018-05_2022-02.csv.gz, ZERO_VOLUME, 11",
        "ohlcv_1h/cdd_XRPUSD_1h_2018-05_2022-02.csv.gz, ZERO_VOLUME, 7",
        "ohlcv_1h/binance_SOLUSDT_1h_2020-08_2024-04_novolume.csv.gz, NO_VOLUME, 1",
        "ohlcv_1h/binance_spot_2024/SOLUSDT_1h_2024-01_2024-09.csv.gz, SAME_AS_OTHER, 2904",
        "ohlcv_1d/coinmarketcap_BTC_1d_2013-04_2019-03.csv.gz, NO_VOLUME, 243",
        "ohlcv_1d/bitfinex_BTC_ETH_USD_1d_2014_2020.csv.gz, ZERO_VOLUME, 40",
        "ohlcv_1d/yahoo_panel_2022/AIBUSD_1d.csv.gz, NON_FINITE, 45",
        "ohlcv_1d/yahoo_panel_2022/AIBUSD_1d.csv.gz, REDENOMINATION_SUSPECT, 2",
        "ohlcv_1d/yahoo_panel_2022/FAIRUSD_1d.csv.gz, REDENOMINATION_SUSPECT, 2",
        "lean/crypto_bitfinex_btcusd_hour_trade.csv.gz, MISSING_BARS, 9",
        "lean/crypto_coinbase_btcusd_second_trade.csv.gz, MISSING_BARS, 247675",
        "lean/cryptofuture_dydx_btcusd_minute_trade.csv.gz, MISSING_BARS, 30",
        "lean/crypto_coinbase_btcusd_daily_quote.csv.gz, MISSING_BARS, 6",
        "funding/gate_BTCUSDT_8h_2020_2023.csv.gz, MISSING_BARS, 93",
        "funding/kucoin_BTCUSDT_8h_2021_2023.csv.gz, TIME_ZONE, 0",
        "raw_quirks/supervik_BTC-USDT_binance_2020-01-01_2024-01-01_funding_history.csv.gz, TIME_ZONE, 4383",
        "raw_quirks/supervik_BTC-USDT_gate_2020-01-01_2024-01-01_funding_history.csv.gz, TIME_ZONE, 0",
        "defi/uniswap_v3_USDC_ETH_pool_hourly_2023-11_2024-01.csv.gz, CONSTANT_HISTORY, 3",
        "defi/uniswap_v3_polygon_USDC_WETH_1min_2023-08.csv.gz, MISSING_BARS, 1",
        "options/deribit_ETH_options_book_summary_2024-01-08.csv.gz, NO_BID, 230",
        "options/deribit_ETH_options_book_summary_2024-01-08.csv.gz, NO_ASK, 253",
        "options/deribit_ETH_options_book_summary_2024-01-08.csv.gz, MARK_OUTSIDE_QUOTES, 4",
        "options/deribit_ETH_options_book_summary_2024-01-08.csv.gz, SYNTHETIC_UNDERLYING, 172",
        "universe/coingecko_top300_daily_2021-01_2021-08.csv.gz, ZERO_MARKET_CAP, 5600",
        "universe/coingecko_top300_daily_2021-01_2021-08.csv.gz, ZERO_VOLUME, 63",
        "l2/usdm_btcusdt_20240808_bookticker.csv.gz, RECEIVED_EARLY, 66089",
        "l2/cm_btcusd_perp_20240808_trades.csv.gz, RECEIVED_EARLY, 2286",
        "l2/raw_spot_btcusdt_20240808.gz, RECEIVER_CLOCK, 28041",
        "l2/spot_btcusdt_20240808_bookticker.csv.gz, RECEIVER_CLOCK, 28040",
        "l2/raw_usdm_btcusdt_20240808.gz, SEQUENCE_GAP, 0",
        "l2/raw_spot_btcusdt_20240808.gz, SEQUENCE_GAP, 0",
        "l2/raw_cm_btcusd_perp_20240808.gz, SEQUENCE_GAP, 0",
        "l2/raw_hyperliquid_btcusd_20250126.gz, DUPLICATE_EQUAL, 1"
    })
    void faultIsFoundWithTheCountOfTheManifest(String file, Reason rule, int count) {
        assertThat(report.file(file).count(rule)).isEqualTo(count);
    }

    @Test
    void stretchesAreNamedFromTo() {
        String coinbase = report.file("ohlcv_1h/coinbase_BTCUSD_1h_2017-07_2019-10.csv.gz").findings().stream()
                .filter(finding -> finding.reason() == Reason.TIME_ZONE)
                .map(finding -> finding.first() + " | " + finding.last())
                .findFirst()
                .orElseThrow();
        assertThat(coinbase)
                .startsWith("2017-09-22T21:00:00Z to 2017-11-05T00:00:00Z: 1035 bars are stamped 4 h too early")
                .contains("| 2017-11-05T00:00:00Z to 2017-11-12T03:00:00Z: 171 bars are stamped 5 h too early");
        for (String coin : List.of("BTC", "ETH", "XRP")) {
            String swapped = report.file("ohlcv_1h/cdd_" + coin + "USD_1h_2018-05_2022-02.csv.gz").findings().stream()
                    .filter(finding -> finding.reason() == Reason.SWAPPED_VOLUME)
                    .map(finding -> finding.first() + " | " + finding.last())
                    .findFirst()
                    .orElseThrow();
            // the right stretch begins at 2019-03-03T01:00Z, the last swapped bar is that of 2020-10-12T08:00Z
            assertThat(swapped).contains("to 2019-03-03T00:00:00Z").contains("to 2020-10-12T08:00:00Z");
        }
    }

    @Test
    void onlyWhatIsNoDataIsLeftOutAndNothingIsUnreadable() {
        assertThat(report.count(Reason.UNREADABLE)).isZero();
        assertThat(report.files().stream()
                        .filter(file -> !file.skipped().isEmpty())
                        .map(ImportReport.FileEntry::file))
                .allMatch(file -> file.startsWith("rest_ws/")
                        || file.startsWith("vectors/")
                        || file.equals("MANIFEST.md")
                        || file.equals("SHA256SUMS"));
        assertThat(report.files()).hasSizeGreaterThan(290);
        // the made-up clocks of nothing else are doubted
        assertThat(report.files().stream()
                        .filter(file -> file.count(Reason.TIME_ZONE) > 0)
                        .map(ImportReport.FileEntry::file))
                .hasSize(4);
        assertThat(report.files().stream()
                        .filter(file -> file.count(Reason.WRONG_VENUE) > 0)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void unexplainedJumpsAreThoseOfTheManifest() {
        assertThat(report.files().stream()
                        .filter(file -> file.count(Reason.REDENOMINATION_SUSPECT) > 0)
                        .map(file -> file.file().replaceAll(".*/|USD_1d.*", "")))
                .containsExactlyInAnyOrder("AIB", "BCA", "CSC", "ECA", "FAIR", "MOAC", "PAC", "QRK");
    }

    @Test
    void rowsAddUpAndDerivedTicksEqualThoseOfTheRawStreams() {
        for (ImportReport.FileEntry file : report.files()) {
            for (ImportReport.SeriesEntry entry : file.series()) {
                assertThat(entry.added() + entry.duplicates() + entry.revisions() + entry.refused() + entry.held())
                        .as(file.file() + " " + entry.key())
                        .isEqualTo(entry.rows());
            }
        }
        for (String name : List.of("trades", "depth")) {
            ImportReport.SeriesEntry entry = derived(name);
            assertThat(entry.duplicates()).as(name).isEqualTo(entry.rows());
        }
        // the file kept the time of sending, the stream the transaction's: grep -cP '"T":(\d+),"E":\1' over its quotes
        assertThat(derived("bookticker").rows()).isEqualTo(66_089);
        assertThat(derived("bookticker").duplicates()).isEqualTo(38_109);
    }

    private ImportReport.SeriesEntry derived(String name) {
        return report.file("l2/usdm_btcusdt_20240808_" + name + ".csv.gz")
                .series()
                .get(0);
    }

    @Test
    void delistingsAndExpiriesAreKnownWhenTheyWereSaid() {
        Universe universe = report.universe();
        InstrumentId reef = InstrumentId.parse("BINANCE.SPOT.REEF-USDT");
        long end = Instant.parse("2024-08-26T00:00:00Z").getEpochSecond() * 1_000_000_000L;
        assertThat(universe.at(reef, end - 1)).isPresent();
        assertThat(universe.at(reef, end)).isEmpty();
        // the file's lists of coins left these two out, its titles name them
        InstrumentId unlisted = InstrumentId.parse("BINANCE.SPOT.FOR-USDT");
        assertThat(universe.at(unlisted, end - 1)).isPresent();
        assertThat(universe.at(unlisted, end)).isEmpty();
        InstrumentId other = InstrumentId.parse("BINANCE.SPOT.KP3R-USDT");
        assertThat(universe.at(other, end + 72L * 86_400_000_000_000L)).isEmpty();
        InstrumentId perpetual = InstrumentId.parse("BINANCE.PERP.ORBS-USDT");
        assertThat(universe.lives(perpetual).get(0).toNanos()).isEqualTo(end + 105L * 86_400_000_000_000L);
        InstrumentId option = InstrumentId.parse("DERIBIT.OPTION.BTC-24SEP21-40000-P");
        long expiry = 1_632_470_400_000_000_000L;
        assertThat(universe.lives(option)).singleElement().satisfies(life -> {
            assertThat(life.fromNanos()).isEqualTo(1_606_129_458_000_000_000L);
            assertThat(life.toNanos()).isEqualTo(expiry);
        });
    }

    @Test
    void rankingsHoldOnlyWhatWasKnown() throws IOException {
        CoinRanking ranking = CoinRanking.load(store, "COINGECKO");
        long day = Instant.parse("2021-05-08T00:00:00Z").getEpochSecond() * 1_000_000_000L;
        long age = 3 * 86_400_000_000_000L;
        assertThat(ranking.top(3, day, age).stream().map(InstrumentId::name))
                .containsExactly("BITCOIN", "ETHEREUM", "BINANCECOIN");
        assertThat(ranking.top(3, Instant.parse("2021-01-01T23:59:59Z").getEpochSecond() * 1_000_000_000L, age))
                .isEmpty();
        assertThat(ranking.top(500, day, age)).hasSizeBetween(200, 300);
    }

    /** The values of a text file, read without any of the classes that import it. */
    private static double[] column(String file, String name) throws IOException {
        List<String> lines = PlainCsv.lines(SharedData.path("data/" + file));
        List<String> header = Arrays.asList(lines.get(0).split(","));
        int at = header.indexOf(name);
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1)[at])
                .mapToDouble(text -> text.isEmpty() ? Double.NaN : Double.parseDouble(text))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "ohlcv_1h/binance_spot_2024/XRPUSDT_1h_2024-01_2024-09.csv.gz, BINANCE.SPOT.XRP-USDT, 3600, close, close",
        "ohlcv_1h/binance_spot_2024/XRPUSDT_1h_2024-01_2024-09.csv.gz, BINANCE.SPOT.XRP-USDT, 3600, volume, volume",
        "ohlcv_5m/binance_spot_ETHUSDT_5m_2024-01_2024-09.csv.gz, BINANCE.SPOT.ETH-USDT, 300, high, high",
        "ohlcv_1d/coinmarketcap_BTC_1d_2013-04_2019-03.csv.gz, COINMARKETCAP.SPOT.BTC-USD, 86400, volume, quote_volume",
        "ohlcv_1m/cdd_BTCUSD_1m_2017-12.csv.gz, CDD.SPOT.BTC-USD, 60, quote_volume, quote_volume"
    })
    void barsAreReadBackBitForBit(String file, String instrument, long seconds, String column, String stored)
            throws IOException {
        ParquetTable rows = store.read(MarketStore.Query.all(SeriesKey.bars(instrument, seconds * 1_000_000_000L)));
        assertThat(rows.doubles(stored)).containsExactly(column(file, column));
        assertThat(rows.times(RecordKind.TIME))
                .containsExactly(Arrays.stream(column(file, "time_ms"))
                        .mapToLong(ms -> ((long) ms) * 1_000_000L)
                        .toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "funding/dydx_BTCUSDT_1h_2022_2023.csv.gz, DYDX.PERP.BTC-USDT, FUNDING, funding_rate, rate",
        "open_interest/binance_BTCUSDT_oi_1h_7d_2026-05.csv.gz, BINANCE.PERP.BTC-USDT, OPEN_INTEREST,"
                + " open_interest_usd, open_interest_value",
        "l2/usdm_btcusdt_20240808_trades.csv.gz, BINANCE.PERP.BTC-USDT, TRADES, qty, size",
        "l2/usdm_btcusdt_20240808_depth.csv.gz, BINANCE.PERP.BTC-USDT, BOOK_UPDATES, price, price",
        "l2/spot_btcusdt_20240808_bookticker.csv.gz, UNKNOWN.SPOT.BTC-USDT, QUOTES, ask_qty, ask_size",
        "lean/crypto_coinbase_ethusd_minute_quote.csv.gz, COINBASE.SPOT.ETH-USD, QUOTES, ask_open, ask_open",
        "defi/aave_v3_polygon_USDC_rates_1min_2023-08.csv.gz, AAVE_V3_POLYGON.SPOT.USDC.RATES, METRICS,"
                + " liquidity_index, liquidity_index",
        "defi/uniswap_v3_USDC_ETH_pool_hourly_2023-11_2024-01.csv.gz, UNISWAP_V3.SPOT.ETH-USDC, POOLS,"
                + " liquidity, liquidity",
        "onchain/btc_nvt_50d_2026.csv.gz, UNKNOWN.SPOT.BTC.NVT, METRICS, nvt, nvt",
        "l2/trademaster_BTC_1min_lob15_2021-04-17_600rows.csv.gz, UNKNOWN.SPOT.BTC.TRADEMASTER_LOB15, METRICS,"
                + " asks_notional_14, asks_notional_14"
    })
    void otherSeriesAreReadBackBitForBit(String file, String instrument, RecordKind kind, String column, String stored)
            throws IOException {
        ParquetTable rows = store.read(MarketStore.Query.all(SeriesKey.of(instrument, kind)));
        assertThat(rows.doubles(stored)).containsExactly(column(file, column));
    }

    @Test
    void integersBeyondDoublesAreKeptWithTheirRemainders() throws IOException {
        String file = "defi/uniswap_v3_polygon_USDC_WETH_1min_2023-08.csv.gz";
        ParquetTable rows =
                store.read(MarketStore.Query.all(SeriesKey.of("UNISWAP_V3_POLYGON.SPOT.WETH-USDC", RecordKind.POOLS)));
        List<String> lines = PlainCsv.lines(SharedData.path("data/" + file));
        int at = Arrays.asList(lines.get(0).split(",")).indexOf("inAmount1");
        double[] near = rows.doubles("inAmount1");
        double[] rest = rows.doubles("inAmount1_rest");
        for (int i : IntStream.range(0, lines.size() - 1).toArray()) {
            BigDecimal whole = new BigDecimal(near[i]).add(new BigDecimal(Double.isNaN(rest[i]) ? 0 : rest[i]));
            assertThat(whole.toBigIntegerExact())
                    .isEqualTo(new BigInteger(lines.get(i + 1).split(",", -1)[at]));
        }
    }

    @Test
    void theSameImportAgainChangesNothing() throws IOException {
        ImportReport again = FileImport.run(data.resolve("ohlcv_1h"), store, ImportOptions.defaults());
        assertThat(again.total(ImportReport.SeriesEntry::added)).isZero();
        assertThat(again.total(ImportReport.SeriesEntry::revisions)).isZero();
        assertThat(again.file("coinbase_BTCUSD_1h_2017-07_2019-10.csv.gz").count(Reason.TIME_ZONE))
                .isEqualTo(1206);
    }

    @Test
    void slippageInTheRealPoolIsThatOfItsVirtualReserves() throws IOException {
        SeriesKey pool = SeriesKey.of("UNISWAP_V3.SPOT.ETH-USDC", RecordKind.POOLS);
        ParquetTable rows = store.read(MarketStore.Query.all(pool));
        long[] times = rows.times(RecordKind.TIME);
        Provenance origin = new Provenance(Provenance.Kind.HISTORICAL, "pool", "", "");
        Frame bars = Frame.of("ETH", TimeIndex.of(times), 3_600_000_000_000L, origin);
        Frame joined = PoolColumns.join(bars, store, pool, new PoolColumns.Terms(18, 6, true, 10), Long.MAX_VALUE);
        double quote = joined.column(Columns.POOL_RESERVE_QUOTE).get(0);
        // Python's decimal with 40 digits: L / 10^12 · sqrt(price); tolerance: rounding of two square roots
        assertThat(quote).isCloseTo(1_172_994_689.235567, offset(1e-3));
        assertThat(ConstantProduct.slippage(quote, 1e4)).isCloseTo(8.52518778794892e-6, offset(1e-17));
        assertThat(ConstantProduct.slippage(quote, 1e5)).isCloseTo(8.525187787948924e-5, offset(1e-16));
    }
}
