package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/** What a strategy hears and does before a time does not change when everything after it is replaced by garbage. */
class EngineHonestyTest {
    private static final int DAYS = 120;
    private static final long HOUR = Markets.DAY / 24;

    /** Uses every callback and writes down all that it sees, with the time. */
    private static final class Diary implements Strategy {
        final List<String> lines = new ArrayList<>();
        final long until;

        Diary(long until) {
            this.until = until;
        }

        private void note(Context context, String what) {
            if (context.timeNanos() <= until) {
                StringBuilder line = new StringBuilder()
                        .append(context.timeNanos())
                        .append(' ')
                        .append(what);
                for (int s = 0; s < 2; s++) {
                    int bars = context.bars(s);
                    line.append(' ')
                            .append(bars)
                            .append(' ')
                            .append(context.close(s))
                            .append(' ');
                    line.append(bars == 0 ? 0 : context.high(s, 0)).append(' ').append(context.lastTradePrice(s));
                    line.append(' ').append(context.bid(s)).append(' ').append(context.position(s));
                    line.append(' ')
                            .append(context.past(s, java.time.Duration.ofDays(4))
                                    .size());
                }
                lines.add(line.append(' ').append(context.equity()).toString());
            }
        }

        @Override
        public void onStart(Context context) {
            note(context, "start");
            context.timer("first", 3 * Markets.DAY + HOUR);
        }

        @Override
        public void onBar(Context context) {
            note(context, "bar");
            int bars = context.bars(0);
            if (bars > 5 && bars % 4 == 0) {
                double price = context.close(0);
                context.submitBracket(
                        OrderRequest.limit(0, Side.BUY, 500 / price, price * 0.99),
                        OrderRequest.takeProfit(0, Side.SELL, 500 / price, price * 1.03),
                        OrderRequest.stop(0, Side.SELL, 500 / price, price * 0.95));
            }
            context.target(1, context.close(1) > context.close(1, Math.min(5, context.bars(1) - 1)) ? 0.2 : 0);
        }

        @Override
        public void onTrade(Context context, int instrument) {
            note(context, "print " + instrument);
        }

        @Override
        public void onBook(Context context, int instrument) {
            note(context, "book " + instrument);
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            note(context, event.toString());
        }

        @Override
        public void onTimer(Context context, String name) {
            note(context, name);
            context.timer("again", context.timeNanos() + 7 * Markets.DAY);
        }
    }

    private static double[] spoilt(double[] values, int from) {
        double[] copy = values.clone();
        for (int i = from; i < copy.length; i++) {
            copy[i] *= 3 + i % 5;
        }
        return copy;
    }

    private static Frame walk(String symbol, long seed, int from) {
        Rng rng = Seeds.rng(seed, 0);
        double[][] columns = new double[4][DAYS];
        double price = 100;
        for (int i = 0; i < DAYS; i++) {
            columns[0][i] = price;
            price *= Math.exp(0.03 * rng.nextGaussian());
            columns[3][i] = price;
            columns[1][i] = Math.max(columns[0][i], price) * (1 + 0.01 * rng.nextDouble());
            columns[2][i] = Math.min(columns[0][i], price) * (1 - 0.01 * rng.nextDouble());
        }
        return Markets.frame(symbol, spoilt(columns[0], from), spoilt(columns[3], from))
                .with(Columns.HIGH, spoilt(columns[1], from))
                .with(Columns.LOW, spoilt(columns[2], from));
    }

    /** Bars, prints and books; what is known after the close of the day before {@code from} is garbage. */
    private static Market market(int from) {
        MarketData bars = Markets.of(walk("A", 1, from), walk("B", 2, from));
        long[] times = new long[DAYS];
        double[] prices = new double[DAYS];
        Arrays.setAll(times, i -> i * Markets.DAY + 5 * HOUR);
        Arrays.setAll(prices, i -> (i < from ? 1 : 7) * (100 + i % 9));
        double[] sizes = new double[DAYS];
        Arrays.fill(sizes, 3);
        double[] lower = new double[DAYS];
        Arrays.setAll(lower, i -> prices[i] - 1);
        return Market.builder(bars)
                .trades("B", times, prices, sizes)
                .books("B", times, lower, sizes, prices, sizes)
                .build();
    }

    private static List<String> diary(int from, int cut) {
        Diary diary = new Diary(cut * Markets.DAY);
        EngineSettings settings =
                EngineSettings.builder().cost(FlatCost.DEFAULT).cash(10_000).build();
        BarEngine.run(market(from), StrategyBook.of(diary), settings, EngineObserver.SILENT);
        return diary.lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 47, 64, 99})
    void garbageAfterACutChangesNothingBefore(int cut) {
        List<String> truth = diary(DAYS, cut);
        assertThat(truth).anyMatch(line -> line.contains("Filled")).anyMatch(line -> line.contains("again"));
        assertThat(truth).anyMatch(line -> line.contains("print")).anyMatch(line -> line.contains("book"));
        List<String> before = new ArrayList<>(truth);
        List<String> spoilt = new ArrayList<>(diary(cut, cut));
        // fills at the open of the cut belong to the bar that opens there, whose open is garbage
        before.removeIf(line -> line.startsWith(cut * Markets.DAY + " Filled") || line.contains("Rejected"));
        spoilt.removeIf(line -> line.startsWith(cut * Markets.DAY + " Filled") || line.contains("Rejected"));
        List<String> known = before.stream()
                .filter(line -> !line.startsWith(cut * Markets.DAY + " ") || line.contains(" bar "))
                .toList();
        List<String> poisoned = spoilt.stream()
                .filter(line -> !line.startsWith(cut * Markets.DAY + " ") || line.contains(" bar "))
                .toList();
        assertThat(known).hasSizeGreaterThan(cut).isEqualTo(poisoned);
    }
}
