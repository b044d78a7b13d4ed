package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.features.ConcentratedLiquidity;
import org.lama.core.features.ConstantProduct;
import org.lama.core.market.Columns;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Series of other venues and hours beside bars: nothing is seen early, nothing missing is taken for zero. */
class StoreSeriesTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final Provenance MADE = new Provenance(Provenance.Kind.HISTORICAL, "made", "", "");

    private final MemoryStore store = new MemoryStore();

    @TempDir
    private Path folder;

    private static Frame bars(int count, long length) {
        return Frame.of("BTC", TimeIndex.regular(100 * DAY, length, count), length, MADE);
    }

    private SeriesKey funding(String venue, long firstHour, long step, int count, int... without) throws IOException {
        int[] kept = java.util.stream.IntStream.range(0, count)
                .filter(i -> Arrays.stream(without).noneMatch(gap -> gap == i))
                .toArray();
        long[] times = new long[kept.length];
        Arrays.setAll(times, i -> 99 * DAY + firstHour * HOUR + kept[i] * step);
        double[] rates = new double[kept.length];
        Arrays.fill(rates, 0.0001 * step / (8 * HOUR));
        SeriesKey key = SeriesKey.of(venue + ".PERP.BTC-USDT", RecordKind.FUNDING);
        ParquetTable rows = ParquetTable.builder(times.length)
                .times(RecordKind.TIME, times)
                .doubles("rate", rates)
                .build();
        store.write(key, rows, MADE, false);
        return key;
    }

    private double[] accrued(SeriesKey key, Frame bars) throws IOException {
        return StoreSeries.funding(bars, store, key)
                .column(StoreSeries.FUNDING_ACCRUED)
                .toArray();
    }

    @Test
    void venuesWithOtherFundingHoursAgreeOverADay() throws IOException {
        Frame days = bars(3, DAY);
        for (SeriesKey key : List.of(
                funding("BINANCE", 0, 8 * HOUR, 15),
                funding("KUCOIN", 4, 8 * HOUR, 15),
                funding("DYDX", 0, HOUR, 120))) {
            double[] sums = accrued(key, days);
            assertThat(sums).as(key.toString()).hasSize(3);
            for (double sum : sums) {
                assertThat(sum).as(key.toString()).isCloseTo(0.0003, offset(1e-15));
            }
        }
        // a payment at the close belongs to the bar that ends there, not to the one that begins
        assertThat(accrued(SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING), bars(9, HOUR)))
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0.0001, 0);
    }

    @Test
    void paymentsStampedSomeMillisecondsLateAccrueWhereTheyArePaid() throws IOException {
        for (long late : new long[] {0, 3_000_000L, 59_000_000_000L}) {
            long[] times = new long[30];
            double[] rates = new double[30];
            for (int i = 0; i < times.length; i++) {
                times[i] = 99 * DAY + i * (8 * HOUR) + late;
                rates[i] = 1 << (i % 12);
            }
            SeriesKey key = SeriesKey.of("V" + late + ".PERP.BTC-USDT", RecordKind.FUNDING);
            ParquetTable rows = ParquetTable.builder(times.length)
                    .times(RecordKind.TIME, times)
                    .doubles("rate", rates)
                    .build();
            store.write(key, rows, MADE, false);
            for (Frame frame : List.of(bars(4, DAY), bars(12, 8 * HOUR))) {
                StoreFunding paid = StoreFunding.of(frame, store, key);
                assertThat(paid.uncovered()).isZero();
                assertThat(accrued(key, frame))
                        .as("late by " + late)
                        .containsExactly(
                                paid.bars().column(Columns.FUNDING_RATE).toArray());
            }
            // those of 8 h, 16 h and 24 h of the first day
            assertThat(accrued(key, bars(1, DAY))).containsExactly(16 + 32 + 64);
        }
    }

    @Test
    void aMissingPaymentIsNotZero() throws IOException {
        // rows 4 to 6 fall due at 8 h, 16 h of the first day and at its end, which is still the first day's
        double[] sums = accrued(funding("GATE", 0, 8 * HOUR, 15, 4, 5, 6), bars(4, DAY));
        assertThat(sums[0]).isNaN();
        assertThat(sums[1]).isCloseTo(0.0003, offset(1e-15));
        assertThat(sums[2]).isCloseTo(0.0003, offset(1e-15));
        // the series ends eight hours before the end of the last day
        assertThat(sums[3]).isNaN();
        // of the first day only the payment at its end is there: the series begins too late
        assertThat(accrued(funding("OKX", 48, 8 * HOUR, 12), bars(3, DAY))[0]).isNaN();
        assertThat(accrued(funding("BYBIT", 0, 8 * HOUR, 3), bars(3, DAY))).containsOnly(Double.NaN);
    }

    @Test
    void aRowIsJoinedWhenItWasKnownNotWhenItHappened() throws IOException {
        SeriesKey key = SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.OPEN_INTEREST);
        ParquetTable rows = ParquetTable.builder(3)
                .times(RecordKind.TIME, new long[] {100 * DAY, 100 * DAY + HOUR, 100 * DAY + 2 * HOUR})
                .times(RecordKind.AVAILABLE, new long[] {100 * DAY, 100 * DAY + 4 * HOUR, 100 * DAY + 2 * HOUR})
                .doubles("open_interest", new double[] {1, 2, 3})
                .build();
        store.write(key, rows, MADE, false);
        MarketStore.Query query = MarketStore.Query.all(key).only(List.of("open_interest"));
        Frame joined = StoreSeries.join(bars(5, HOUR), store, query, "oi", 10 * HOUR);
        assertThat(joined.columnNames()).containsExactly("oi.openInterest");
        assertThat(joined.column("oi.openInterest").toArray()).containsExactly(1, 3, 3, 3, 3);
        Frame fresh = StoreSeries.join(bars(5, HOUR), store, query, "oi", HOUR);
        assertThat(fresh.column("oi.openInterest").toArray()).containsExactly(1, 3, 3, Double.NaN, Double.NaN);
        assertThatThrownBy(() -> StoreSeries.funding(bars(5, HOUR), store, key)).hasMessageContaining("funding");
    }

    @Test
    void ofSeveralRecordsOfOneTimeTheLastIsJoinedAndAMissingWholeNumberIsNone() throws IOException {
        SeriesKey key = SeriesKey.of("UNISWAP.SPOT.ETH-USDC", RecordKind.POOLS);
        ParquetTable states = ParquetTable.builder(3)
                .times(RecordKind.TIME, new long[] {100 * DAY + HOUR, 100 * DAY + HOUR, 100 * DAY + 3 * HOUR})
                .longs("block", new long[] {5, 6, RecordKind.MISSING})
                .doubles("reserve_base", new double[] {1, 2, 3})
                .build();
        try (ParquetStore files = ParquetStore.open(folder)) {
            files.write(key, states, MADE, true);
            Frame pool = StoreSeries.join(bars(5, HOUR), files, MarketStore.Query.all(key), "pool", HOUR);
            assertThat(pool.column(Columns.POOL_RESERVE_BASE).toArray()).containsExactly(2, 2, 3, 3, Double.NaN);
            assertThat(pool.column("pool.block").toArray()).containsExactly(6, 6, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    private static ParquetTable hours(int first, int count, double close, long lateNanos) {
        long[] times = new long[count];
        long[] known = new long[count];
        double[] closes = new double[count];
        Arrays.setAll(times, i -> 100 * DAY + (first + i) * HOUR);
        Arrays.setAll(known, i -> times[i] + HOUR + lateNanos);
        Arrays.setAll(closes, i -> close + first + i);
        return ParquetTable.builder(count)
                .times(RecordKind.TIME, times)
                .times(RecordKind.AVAILABLE, known)
                .doubles("open", closes)
                .doubles("high", closes)
                .doubles("low", closes)
                .doubles("close", closes)
                .build();
    }

    @Test
    void aStudySeesEachBarAsItWasKnownAtItsClose() throws IOException {
        SeriesKey key = SeriesKey.bars("BINANCE.PERP.BTC-USDT", HOUR);
        try (ParquetStore files = ParquetStore.open(folder)) {
            files.write(key, hours(0, 30, 100, 0), MADE, true);
            // hours 10 to 14 are corrected a month later, 12 again after that; hours 30 to 34 come a month late, 35 at
            // once
            files.write(key, hours(10, 5, 500, 30 * DAY), MADE, false);
            files.write(key, hours(12, 1, 900, 60 * DAY), MADE, false);
            files.write(key, hours(30, 5, 100, 30 * DAY), MADE, true);
            files.write(key, hours(35, 5, 100, 59_000_000_000L), MADE, true);
            Frame frame = StoreBars.load(files, "made", LoadOptions.defaults())
                    .frames()
                    .get(0);
            double[] closes = frame.column("close").toArray();
            assertThat(closes).hasSize(40);
            for (int i = 0; i < 40; i++) {
                if (i >= 30 && i < 35) {
                    assertThat(closes[i]).as("hour " + i).isNaN();
                } else {
                    assertThat(closes[i]).as("hour " + i).isEqualTo(100 + i);
                }
            }
            assertThat(frame.provenance().note())
                    .contains("5 bars later corrected: each has the values that were known at its close")
                    .contains("5 bars not known at the close: left out");
            assertThat(StoreBars.load(files, "made", LoadOptions.defaults())
                            .quality()
                            .get(0)
                            .count(Issue.Reason.KNOWN_LATE))
                    .isEqualTo(10);
            // the store itself still knows everything
            assertThat(files.read(MarketStore.Query.all(key)).doubles("close")[12])
                    .isEqualTo(912);
        }
    }

    @Test
    void aBarIsKnownAsItWasHoweverManyTimesOthersWereCorrected() throws IOException {
        SeriesKey key = SeriesKey.bars("BINANCE.SPOT.BTC-USDT", HOUR);
        int count = 700;
        try (ParquetStore files = ParquetStore.open(folder)) {
            files.write(key, hours(0, count, 100, 0), MADE, true);
            // each is corrected at a moment of its own, on the day after
            files.write(key, hours(0, count, 5_000, DAY), MADE, false);
            MarketData read = StoreBars.load(files, "made", LoadOptions.defaults());
            double[] closes = read.frames().get(0).column("close").toArray();
            assertThat(closes).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(closes[i]).as("hour " + i).isEqualTo(100 + i);
            }
            assertThat(read.frames().get(0).provenance().note())
                    .contains("700 bars later corrected")
                    .doesNotContain("left out");
        }
    }

    @Test
    void barsThatAWriterAddsBetweenTwoReadingsChangeNothing() throws IOException {
        SeriesKey key = SeriesKey.bars("BINANCE.SPOT.BTC-USDT", HOUR);
        try (ParquetStore files = ParquetStore.open(folder)) {
            files.write(key, hours(10, 20, 100, 0), MADE, true);
            files.write(key, hours(12, 3, 500, DAY), MADE, false);
            MarketStore busy = (MarketStore) Proxy.newProxyInstance(
                    MarketStore.class.getClassLoader(), new Class<?>[] {MarketStore.class}, (proxy, method, given) -> {
                        if (method.getName().equals("scanVersions")) {
                            files.write(key, hours(0, 10, 7_000, 0), MADE, true);
                            files.write(key, hours(30, 5, 7_000, 0), MADE, true);
                        }
                        return method.invoke(files, given);
                    });
            ParquetTable known =
                    KnownBars.read(busy, MarketStore.Query.all(key)).rows();
            double[] expected = new double[20];
            Arrays.setAll(expected, i -> 110 + i);
            assertThat(known.doubles("close")).containsExactly(expected);
        }
    }

    /** Bars of a second of a coin in which something is traded every fourth second; then one bar a minute. */
    @Test
    void sparseBarsKeepTheLengthOfTheirSeriesAndTheirGapsAreGaps() throws IOException {
        long second = 1_000_000_000L;
        Random coins = new Random(7);
        long[] thin = new long[6_000];
        long place = 0;
        for (int i = 0; i < thin.length; i++) {
            place += 2;
            while (coins.nextInt(4) != 0) {
                place += 2;
            }
            thin[i] = place;
        }
        long[] minutes = new long[60];
        Arrays.setAll(minutes, i -> 100_020 + i * 60L);
        // who trades every six seconds begins anywhere, longer bars begin at multiples of their length
        long[] bot = new long[60];
        Arrays.setAll(bot, i -> 200_003 + i * 6L);
        SeriesKey key = SeriesKey.bars("COINBASE.SPOT.BTC-USD", second);
        for (long[] part : List.of(thin, minutes, bot)) {
            long[] times =
                    Arrays.stream(part).map(at -> 100 * DAY + at * second).toArray();
            double[] closes = new double[times.length];
            Arrays.setAll(closes, i -> 100 + i % 7);
            ParquetTable rows = ParquetTable.builder(times.length)
                    .times(RecordKind.TIME, times)
                    .doubles("open", closes)
                    .doubles("high", closes)
                    .doubles("low", closes)
                    .doubles("close", closes)
                    .build();
            store.write(key, rows, MADE, true);
            MarketStore.Entry entry = store.catalogue().get(0);
            QualityReport report = StoreBars.verify(store, "made", entry, LoadOptions.Quarantine.defaults());
            long all = (part[part.length - 1] - thin[0]) + 1;
            assertThat(report.stepNanos()).isEqualTo(second);
            assertThat(report.expected()).isEqualTo((int) all);
            assertThat(report.missing()).isEqualTo((int) (all - entry.rows()));
            assertThat(report.gaps())
                    .isEqualTo(StoreBars.gaps(store, "made", entry).size());
            // equal steps that chance makes are no other length, an hour of minutes is one
            assertThat(report.count(Issue.Reason.MIXED_SPACING)).isEqualTo(part == thin ? 0 : 59);
            Frame frame = StoreBars.load(store, "made", LoadOptions.defaults())
                    .frames()
                    .get(0);
            assertThat(frame.barNanos()).isEqualTo(second);
            assertThat(frame.size()).isEqualTo((int) all);
            assertThat(Arrays.stream(frame.column("close").toArray())
                            .filter(close -> close > 0)
                            .count())
                    .isEqualTo(entry.rows());
        }
    }

    @Test
    void whenABarWasKnownSurvivesAFile() throws IOException {
        SeriesKey key = SeriesKey.bars("BINANCE.PERP.BTC-USDT", HOUR);
        StringBuilder csv = new StringBuilder("time,open,high,low,close,available\n");
        ParquetTable late = hours(0, 40, 100, 30 * DAY + 1);
        for (int i = 0; i < 40; i++) {
            csv.append(TimeIndex.instant(100 * DAY + i * HOUR)).append(",~,~,~,~,".replace("~", "" + (i + 1)));
            // the second half is known when it closes
            csv.append(i < 20 ? TimeIndex.instant(late.times(RecordKind.AVAILABLE)[i]) : "")
                    .append('\n');
        }
        Path text = Files.writeString(folder.resolve("BINANCE.PERP.BTC-USDT_bars_1h.csv"), csv);
        MemoryStore fromText = new MemoryStore();
        ImportReport report = FileImport.run(text, fromText, ImportOptions.defaults());
        assertThat(report.count(Issue.Reason.KNOWN_LATE)).isEqualTo(20);
        long[] known = fromText.read(MarketStore.Query.all(key)).times(RecordKind.AVAILABLE);
        for (int i = 0; i < 40; i++) {
            assertThat(known[i]).isEqualTo(100 * DAY + i * HOUR + HOUR + (i < 20 ? 30 * DAY + 1 : 0));
        }
        // who reads the file itself does not trade on them either
        double[] closes = BarFiles.load(text, LoadOptions.defaults())
                .frames()
                .get(0)
                .column("close")
                .toArray();
        assertThat(closes[closes.length - 20]).isEqualTo(21);
        assertThat(Arrays.stream(closes).filter(close -> close < 21)).isEmpty();
        Path parquet = folder.resolve("BINANCE.PERP.BTC-USDT_bars_1h.parquet");
        ParquetFrames.write(parquet, late);
        MemoryStore fromParquet = new MemoryStore();
        FileImport.run(parquet, fromParquet, ImportOptions.defaults());
        assertThat(fromParquet.read(MarketStore.Query.all(key)).times(RecordKind.AVAILABLE))
                .isEqualTo(late.times(RecordKind.AVAILABLE));
        // amounts of that name are none: no number of the column is a time at or after that of its row
        Path amounts = Files.writeString(
                folder.resolve("BINANCE.SPOT.ETH-USDT_bars_1h.csv"),
                csv.toString().replaceAll("(?m),[^,]*$", ",1999999").replace("close,1999999", "close,available"));
        MemoryStore plain = new MemoryStore();
        FileImport.run(amounts, plain, ImportOptions.defaults());
        assertThat(plain.read(MarketStore.Query.all(SeriesKey.bars("BINANCE.SPOT.ETH-USDT", HOUR)))
                        .times(RecordKind.AVAILABLE)[5])
                .isEqualTo(100 * DAY + 6 * HOUR);
        assertThat(plain.read(MarketStore.Query.all(SeriesKey.bars("BINANCE.SPOT.ETH-USDT", HOUR)))
                        .doubles("x_available")[5])
                .isEqualTo(1_999_999);
    }

    private SeriesKey pool(IntToDoubleFunction tick, double liquidity) throws IOException {
        SeriesKey key = SeriesKey.of("UNISWAP_V3.SPOT.WETH-USDC", RecordKind.POOLS);
        long[] times = new long[4];
        double[] ticks = new double[4];
        double[] depth = new double[4];
        Arrays.setAll(times, i -> 100 * DAY + i * HOUR);
        Arrays.setAll(ticks, tick);
        Arrays.fill(depth, liquidity);
        ParquetTable rows = ParquetTable.builder(4)
                .times(RecordKind.TIME, times)
                .doubles("liquidity", depth)
                .doubles("tick", ticks)
                .build();
        store.write(key, rows, MADE, false);
        return key;
    }

    @Test
    void poolColumnsAreTheVirtualReserves() throws IOException {
        SeriesKey key = pool(i -> 201_101, (double) 2_391_553_663_290_390_168L);
        Frame joined = PoolColumns.join(bars(4, HOUR), store, key, new PoolColumns.Terms(18, 6, true, 10), DAY);
        double quote = joined.column(Columns.POOL_RESERVE_QUOTE).get(2);
        double base = joined.column(Columns.POOL_RESERVE_BASE).get(2);
        // Python's decimal with 40 digits from the chain's integers; tolerance: rounding of powers
        assertThat(quote).isCloseTo(102_809_884.51442629, offset(1e-2));
        assertThat(base).isCloseTo(55_632.09171385773, offset(1e-5));
        assertThat(joined.column(PoolColumns.RANGE_QUOTE).get(2)).isCloseTo(7_710.64495833102, offset(1e-3));
        assertThat(ConstantProduct.slippage(quote, 1e4)).isCloseTo(1e4 / 102_809_884.51442629, offset(1e-12));
        assertThatThrownBy(() -> new PoolColumns.Terms(18, 6, true, 0)).hasMessageContaining("tickSpacing");
    }

    @Test
    void theTermsTurnPricesAndTicksBothWays() {
        for (boolean turned : new boolean[] {true, false}) {
            PoolColumns.Terms terms = new PoolColumns.Terms(18, 6, turned, 60);
            assertThat(terms.price(terms.tick(1850))).isCloseTo(1850, offset(1e-8));
            assertThat(terms.rangeEnd(terms.tick(1850))).isBetween(1850.0, 1850 * 1.007);
        }
        assertThat(ConcentratedLiquidity.priceAtTick(0)).isEqualTo(1);
    }

    @Test
    void barsAreValuedByTheMarkThatWasKnown() {
        Frame bars = bars(3, HOUR)
                .with("open", new double[] {100, 100, 100})
                .with("close", new double[] {100, 100, 100})
                .with("volume", new double[] {1, 1, 1});
        Frame marks = bars(3, HOUR).with("close", new double[] {1, 0.9, Double.NaN});
        Frame valued = PegMarks.convert(bars, marks, HOUR);
        assertThat(valued.column("close").toArray()).containsExactly(100, 90, Double.NaN);
        assertThat(valued.column("volume").toArray()).containsExactly(1, 1, 1);
        assertThat(valued.provenance().note()).contains("valued in dollars");
        assertThat(PegMarks.offPeg(marks, 0.02)).singleElement().satisfies(stretch -> {
            assertThat(stretch.bars()).isEqualTo(1);
            assertThat(stretch.furthest()).isEqualTo(0.9);
        });
    }

    @Test
    void rankingsLeaveOutCoinsWithoutCapitalisation() throws IOException {
        for (int coin = 0; coin < 4; coin++) {
            ParquetTable rows = ParquetTable.builder(2)
                    .times(RecordKind.TIME, new long[] {DAY, 2 * DAY})
                    .times(RecordKind.AVAILABLE, new long[] {2 * DAY, 3 * DAY})
                    .doubles("market_cap", new double[] {coin * 10, coin == 3 ? Double.NaN : 100 - coin})
                    .build();
            InstrumentId id = InstrumentId.parse("COINGECKO.SPOT.COIN" + coin);
            store.write(new SeriesKey(id, RecordKind.METRICS, 0), rows, MADE, false);
        }
        CoinRanking ranking = CoinRanking.load(store, "COINGECKO");
        assertThat(ranking.top(9, 2 * DAY - 1, 3 * DAY)).isEmpty();
        assertThat(names(ranking.top(2, 2 * DAY, 3 * DAY))).containsExactly("COIN3", "COIN2");
        assertThat(names(ranking.top(9, 3 * DAY, 3 * DAY))).containsExactly("COIN0", "COIN1", "COIN2");
        assertThat(ranking.top(9, 9 * DAY, 3 * DAY)).isEmpty();
        assertThatThrownBy(() -> ranking.top(9, DAY, 0)).hasMessageContaining("maxAgeNanos must be > 0, got 0");
    }

    private static List<String> names(List<InstrumentId> ids) {
        return ids.stream().map(InstrumentId::name).toList();
    }

    private static void cap(MarketStore store, String coin, long time, long known, double cap) throws IOException {
        ParquetTable row = ParquetTable.builder(1)
                .times(RecordKind.TIME, new long[] {time})
                .times(RecordKind.AVAILABLE, new long[] {known})
                .doubles("market_cap", new double[] {cap})
                .build();
        store.write(SeriesKey.of("COINGECKO.SPOT." + coin, RecordKind.METRICS), row, MADE, false);
    }

    @Test
    void aCoinKeepsItsRankWhenTheOthersWereStampedAtOtherTimes() throws IOException {
        try (ParquetStore files = ParquetStore.open(folder)) {
            for (int day = 1; day <= 3; day++) {
                cap(files, "BTC", day * DAY, day * DAY, 900);
                cap(files, "ETH", day * DAY, day * DAY, 400);
                // another page, a second later
                cap(files, "SOL", day * DAY + HOUR / 3_600, day * DAY + HOUR / 3_600, 80);
            }
            cap(files, "DEAD", DAY, DAY, 500);
            // hours of one coin alone, and a correction of another that was known an hour later
            cap(files, "BTC", 3 * DAY + 2 * HOUR, 3 * DAY + 2 * HOUR, 901);
            cap(files, "ETH", 3 * DAY, 3 * DAY + HOUR, 70);
            // one of a day that is not the last says nothing of today
            cap(files, "SOL", 2 * DAY + HOUR / 3_600, 3 * DAY + HOUR, 9_000);
            CoinRanking ranking = CoinRanking.load(files, "COINGECKO");
            long age = 36 * HOUR;
            assertThat(names(ranking.top(2, 3 * DAY + HOUR / 2, age))).containsExactly("BTC", "ETH");
            assertThat(names(ranking.top(9, 3 * DAY, age))).containsExactly("BTC", "ETH", "SOL");
            assertThat(names(ranking.top(9, 3 * DAY + HOUR, age))).containsExactly("BTC", "SOL", "ETH");
            assertThat(names(ranking.top(9, 3 * DAY + 5 * HOUR, age))).containsExactly("BTC", "SOL", "ETH");
            assertThat(names(ranking.top(9, 2 * DAY, age))).containsExactly("BTC", "DEAD", "ETH", "SOL");
            assertThat(ranking.top(9, DAY - 1, age)).isEmpty();
        }
    }
}
