package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/**
 * The SMA 600/3600 crossover on 100,000 generated minute bars; vectorbt, ta4j and backtrader agree on its trades to
 * 1e-14. Data: open and close of minute_100k.csv.gz (sha256 516c79fb…fc77cd) as integer cents, delta-coded (sha256 of
 * the resource 95ec5c4c…0093).
 */
class SmaOracleTest {
    private static final int BARS = 100_000;
    private static final int FAST = 600;
    private static final int SLOW = 3600;
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_640_995_200_000_000_000L;
    private static final double END_EQUITY = 2_814_822.107_028_503_4;
    private static final double MIN_EQUITY = 964_185.586_516_215_3;

    private final BacktestResult result = BarEngine.run(
            data(),
            new Crossover(),
            EngineSettings.DEFAULT.toBuilder()
                    .cost(new FlatCost(0.001, 0.0005))
                    .orderSizing(OrderSizing.AT_FILL)
                    .build());

    @Test
    void tradesAreTheSame() {
        List<String> lines = lines("sma_oracle_100k.csv").stream().skip(2).toList();
        assertThat(result.roundTrips()).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            RoundTrip trip = result.roundTrips().get(i);
            assertThat((trip.entryNanos() - START) / MINUTE).isEqualTo(Long.parseLong(cells[0]));
            assertThat((trip.exitNanos() - START) / MINUTE).isEqualTo(Long.parseLong(cells[4]));
            // prices are rounded against us to 1e-8 but for binary noise: half a tick on the average price
            assertThat(trip.entryPrice()).isCloseTo(Double.parseDouble(cells[1]), within(1e-8));
            assertThat(trip.exitPrice()).isCloseTo(Double.parseDouble(cells[5]), within(1e-8));
            // one lot of 1e-8 and its consequences for later sizes
            assertThat(trip.quantity()).isCloseTo(Double.parseDouble(cells[2]), within(2e-7));
            // P&L: 1e-8 lots of a price near 50,000 are 5e-4
            assertThat(trip.pnl()).isCloseTo(Double.parseDouble(cells[7]), within(0.01));
        }
    }

    @Test
    void endEquityDiffersByRoundingAlone() {
        double end = result.equity()[BARS - 1];
        double rounding = end / END_EQUITY - 1;
        System.getLogger("oracle").log(System.Logger.Level.INFO, "relative cost of rounding " + rounding);
        // required: 1e-6; quantities in 1e-8 lots cost 24 roundings of at most 5e-4 each in 2.8 million, so about 4e-9
        assertThat(rounding).isBetween(-5e-9, 0.0);
        double min = Double.MAX_VALUE;
        for (double value : result.equity()) {
            min = Math.min(min, value);
        }
        assertThat(min / MIN_EQUITY).isCloseTo(1, within(5e-9));
        assertThat(result.audit()).isEmpty();
    }

    /** Running sums in whole cents, so that comparisons are exact. */
    private static final class Crossover implements Strategy {
        private final long[] sums = new long[BARS + 1];
        private int bars;
        private boolean in;

        @Override
        public void onBar(Context context) {
            Series close = context.past(0).column(Columns.CLOSE);
            bars++;
            sums[bars] = sums[bars - 1] + Math.round(close.last() * 100);
            if (bars >= SLOW) {
                long fast = (sums[bars] - sums[bars - FAST]) * (SLOW / FAST);
                boolean above = fast > sums[bars] - sums[bars - SLOW];
                if (above != in) {
                    in = above;
                    context.target(0, above ? 1 : 0);
                }
            }
        }
    }

    private static MarketData data() {
        double[] open = new double[BARS];
        double[] close = new double[BARS];
        try (InputStream in = new GZIPInputStream(resource("minute_100k_open_close.gz"))) {
            long last = 0;
            for (int i = 0; i < BARS; i++) {
                long first = last + difference(in);
                last = first + difference(in);
                open[i] = first / 100.0;
                close[i] = last / 100.0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Frame frame = Frame.of(
                        "BTC",
                        TimeIndex.regular(START, MINUTE, BARS),
                        MINUTE,
                        new Provenance(Provenance.Kind.SYNTHETIC, "minute_100k", "", ""))
                .with(Columns.OPEN, open)
                .with(Columns.CLOSE, close);
        return Markets.of(frame);
    }

    /** A zigzag-coded variable-length integer. */
    private static long difference(InputStream in) throws IOException {
        long coded = 0;
        int shift = 0;
        int next;
        do {
            next = in.read();
            coded |= (long) (next & 127) << shift;
            shift += 7;
        } while (next >= 128);
        return (coded >>> 1) ^ -(coded & 1);
    }

    private static List<String> lines(String name) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(SmaOracleTest.class.getResourceAsStream(name), name);
    }
}
