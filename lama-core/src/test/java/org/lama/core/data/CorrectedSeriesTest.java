package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.features.ConcentratedLiquidity;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Series that were corrected later, beside bars: each bar sees what was known at its close, as a reading of then says. */
class CorrectedSeriesTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long MINUTE = HOUR / 60;
    private static final long FROM = 400 * 24 * HOUR;
    private static final int ROWS = 90;
    private static final Provenance MADE = new Provenance(Provenance.Kind.HISTORICAL, "made", "", "");
    private static final SeriesKey INTEREST = SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.OPEN_INTEREST);
    private static final SeriesKey FUNDING = SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING);

    @TempDir
    Path folder;

    private MarketStore store;

    @BeforeEach
    void open() throws IOException {
        store = ParquetStore.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private static Frame bars() {
        return Frame.of("BTC", TimeIndex.regular(FROM, HOUR, 8 * ROWS + 100), HOUR, MADE);
    }

    /** Rows every eight hours, of which many are corrected up to three times, hours to days later. */
    private void write(SeriesKey key, String column, double scale) throws IOException {
        Rng random = Seeds.rng(7, 1);
        for (int round = 0; round < 4; round++) {
            int kept = round == 0 ? ROWS : 25;
            long[] times = new long[kept];
            long[] known = new long[kept];
            double[] values = new double[kept];
            for (int i = 0; i < kept; i++) {
                times[i] = FROM + 8 * HOUR * (round == 0 ? i + 1 : 3 * i + random.nextInt(3) + 1);
                known[i] = times[i] + (round == 0 ? i % 5 == 0 ? 11 * HOUR : 0 : random.nextInt(90 * 60) * MINUTE);
                values[i] = scale * (1 + random.nextInt(1_000));
            }
            ParquetTable.Builder table =
                    ParquetTable.builder(kept).times(RecordKind.TIME, times).times(RecordKind.AVAILABLE, known);
            if (key.kind().sequenced()) {
                table.longs(RecordKind.SEQUENCE, new long[kept]);
            }
            store.write(key, table.doubles(column, values).build(), MADE, false);
        }
    }

    @Test
    void aJoinedRowIsThatOfTheClose() throws IOException {
        write(INTEREST, "open_interest", 1);
        MarketStore.Query all = MarketStore.Query.all(INTEREST);
        Frame bars = bars();
        double[] joined = StoreSeries.join(bars, store, all, "oi", Long.MAX_VALUE)
                .column("oi.openInterest")
                .toArray();
        boolean revised = false;
        for (int bar = 0; bar < joined.length; bar++) {
            double[] then = store.read(all.knownBy(bars.availableAt(bar))).doubles("open_interest");
            assertThat(joined[bar])
                    .as("bar %d", bar)
                    .isEqualTo(Double.valueOf(then.length == 0 ? Double.NaN : then[then.length - 1]));
            revised |= bar > 0 && bar % 8 != 7 && joined[bar] != joined[bar - 1] && then.length > 1;
        }
        assertThat(revised).as("a correction shows between two rows").isTrue();
    }

    @Test
    void whatABarPaidIsWhatWasKnownWhenItWasDue() throws IOException {
        write(FUNDING, "rate", 1e-6);
        MarketStore.Query all = MarketStore.Query.all(FUNDING);
        Frame bars = bars();
        double[] accrued = StoreSeries.funding(bars, store, FUNDING)
                .column(StoreSeries.FUNDING_ACCRUED)
                .toArray();
        StoreFunding paid = StoreFunding.of(bars, store, FUNDING);
        double[] booked = paid.bars().column(Columns.FUNDING_RATE).toArray();
        assertThat(paid.payments()).isEqualTo(ROWS);
        double[] expected = new double[booked.length];
        int late = 0;
        for (int i = 0; i < ROWS; i++) {
            int due = 8 * (i + 1) - 1;
            long time = bars.availableAt(due);
            int at = due;
            while (Double.isNaN(rate(all, time, bars.availableAt(at) + MINUTE))) {
                at++;
            }
            late += at > due ? 1 : 0;
            expected[at] += rate(all, time, bars.availableAt(at) + MINUTE);
            double then = rate(all, time, time + MINUTE);
            assertThat(accrued[due]).as("payment %d", i).isEqualTo(Double.valueOf(then));
        }
        assertThat(paid.late()).isEqualTo(late).isGreaterThan(10);
        for (int bar = 0; bar < booked.length; bar++) {
            assertThat(Double.isNaN(booked[bar]) ? 0 : booked[bar])
                    .as("bar %d", bar)
                    .isEqualTo(expected[bar]);
        }
    }

    private double rate(MarketStore.Query all, long time, long known) throws IOException {
        double[] rates = store.read(all.between(time, time + 1).knownBy(known)).doubles("rate");
        return rates.length == 0 ? Double.NaN : rates[0];
    }

    @Test
    void theReservesOfAPoolAreThoseOfTheClose() throws IOException {
        SeriesKey key = SeriesKey.of("UNISWAP.SPOT.ETH-USDC", RecordKind.POOLS);
        long[] times = {FROM, FROM + 8 * HOUR};
        for (int version = 0; version < 3; version++) {
            long later = 20 * HOUR * version;
            store.write(
                    key,
                    ParquetTable.builder(2)
                            .times(RecordKind.TIME, times)
                            .times(RecordKind.AVAILABLE, new long[] {times[0] + later, times[1] + later})
                            .longs(RecordKind.SEQUENCE, new long[2])
                            .doubles("liquidity", new double[] {1e18 * (version + 1), 2e18 * (version + 1)})
                            .doubles("tick", new double[] {100, 200})
                            .build(),
                    MADE,
                    false);
        }
        PoolColumns.Terms terms = new PoolColumns.Terms(18, 18, false, 10);
        double[] bases = PoolColumns.join(bars(), store, key, terms, Long.MAX_VALUE)
                .column(Columns.POOL_RESERVE_BASE)
                .toArray();
        double price = terms.price(200.5);
        List<Integer> closes = List.of(7, 26, 27, 46, 47);
        List<Integer> versions = List.of(1, 1, 2, 2, 3);
        for (int i = 0; i < closes.size(); i++) {
            double whole = ConcentratedLiquidity.liquidity(2e18 * versions.get(i), 18, 18);
            assertThat(bases[closes.get(i)])
                    .as("close %d", closes.get(i))
                    .isEqualTo(ConcentratedLiquidity.virtualBase(whole, price));
        }
    }
}
