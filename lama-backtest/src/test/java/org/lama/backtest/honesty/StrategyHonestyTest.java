package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.DishonestEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Markets;
import org.lama.backtest.engine.Momentum;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.honesty.StrategyHonestyReport.Spoiling;
import org.lama.backtest.sizing.Sizing;
import org.lama.backtest.sizing.SizingSettings;
import org.lama.backtest.sizing.Sizings;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.features.Returns;
import org.lama.core.features.Volatility;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

class StrategyHonestyTest {
    private static final MarketData DATA = Markets.random(3, 5, 240);
    private static final EngineSettings SETTINGS = EngineSettings.DEFAULT;

    private static StrategyHonestyReport check(StrategyHonesty.Factory factory) {
        return StrategyHonesty.check(DATA, factory, SETTINGS, HonestySettings.DEFAULT);
    }

    private static Set<Spoiling> caughtBy(StrategyHonestyReport report) {
        return report.findings().stream().map(f -> f.check()).collect(Collectors.toSet());
    }

    @Test
    void anHonestStrategyPassesInEveryKindOfRun() {
        for (Kind kind : new Kind[] {Kind.SPOT, Kind.PERP}) {
            for (OrderSizing sizing : OrderSizing.values()) {
                StrategyHonestyReport report = StrategyHonesty.check(
                        DATA,
                        data -> new Momentum(10, true),
                        SETTINGS.toBuilder().kind(kind).orderSizing(sizing).build(),
                        HonestySettings.DEFAULT);
                assertThat(report.findings()).as("%s %s", kind, sizing).isEmpty();
                assertThat(report.passed()).isTrue();
                assertThat(report.runs()).isEqualTo(121);
                assertThat(report.targetsCompared()).isGreaterThan(2000);
                assertThat(report.fillsCompared()).isGreaterThan(2000);
            }
        }
    }

    @Test
    void segmentsAndSilenceDoNotLeakEither() {
        MarketData data = withSegments();
        StrategyHonestyReport report = StrategyHonesty.check(
                data,
                d -> new Momentum(10, false),
                SETTINGS.toBuilder()
                        .delisting(0.5, java.time.Duration.ofDays(3))
                        .build(),
                new HonestySettings(60, 1, false));
        assertThat(report.findings()).isEmpty();
        assertThat(report.passed()).isTrue();
    }

    private static MarketData withSegments() {
        Frame[] frames = DATA.frames().toArray(Frame[]::new);
        for (int s = 0; s < frames.length; s++) {
            double[] segment = new double[frames[s].size()];
            for (int i = 0; i < segment.length; i++) {
                segment[i] = Math.floorDiv(i, 57);
            }
            frames[s] = frames[s].with(BarEngine.SEGMENT, segment);
        }
        return Markets.of(frames);
    }

    @ParameterizedTest
    @ValueSource(strings = {"equal-weight", "equal-risk"})
    void ourSizingRulesDoNotSeeTheFuture(String name) {
        Sizing sizing = Sizings.named(name, SizingSettings.SPOT);
        assertThat(check(data -> new Sized(sizing)).passed()).isTrue();
    }

    /** Trend of ten bars through a sizing rule, all from past rows. */
    private record Sized(Sizing sizing) implements Strategy {
        @Override
        public void onBar(Context context) {
            int n = context.symbols().size();
            double[] strength = new double[n];
            double[] ones = new double[n];
            double[] volatility = new double[n];
            boolean[] active = new boolean[n];
            Arrays.fill(ones, 1);
            for (int s = 0; s < n; s++) {
                double[] close = context.past(s).column(Columns.CLOSE).toArray();
                active[s] = context.isTradable(s) && close.length > 30;
                if (active[s]) {
                    double[] returns = new double[close.length];
                    Returns.log(close, returns);
                    double[] perBar = new double[close.length];
                    Volatility.ewma(returns, 11, perBar);
                    volatility[s] = perBar[close.length - 1] * Math.sqrt(365);
                    strength[s] = Math.signum(close[close.length - 1] - close[close.length - 11]);
                }
            }
            double[] weights = new double[n];
            sizing.weights(strength, ones, volatility, active, weights);
            for (int s = 0; s < n; s++) {
                if (active[s] && SizingSettings.SPOT.worthTrading(context.weight(s), weights[s])) {
                    context.target(s, weights[s]);
                }
            }
        }
    }

    /** Six planted cheats. */
    @Test
    void fillsOnTheBarOfTheDecisionAreCaught() {
        StrategyHonestyReport report = StrategyHonesty.check(
                DishonestEngine::run, DATA, d -> new Momentum(10, false), SETTINGS, HonestySettings.DEFAULT);
        assertThat(report.passed()).isFalse();
        assertThat(caughtBy(report)).containsExactly(Spoiling.INTRABAR);
        assertThat(report.findings().get(0).what()).isEqualTo("fill");
        assertThat(report.findings().get(0).cut())
                .isEqualTo(report.findings().get(0).time());
    }

    @Test
    void aCentredWindowIsCaught() {
        // the mean of 5 rows before and 5 rows after
        expectCaught(data -> table(data, (close, t) -> close[t] - mean(close, t - 5, t + 6)), "target");
    }

    @Test
    void aScalerFittedOnTheFullSampleIsCaught() {
        expectCaught(
                data -> table(data, (close, t) -> {
                    double mean = mean(close, 0, close.length);
                    return (close[t] - mean) / Math.abs(mean);
                }),
                "target");
    }

    @Test
    void aRegimePercentileThatRanksAgainstTheFutureIsCaught() {
        expectCaught(
                data -> table(data, (close, t) -> {
                    int below = 0;
                    for (double other : close) {
                        below += other < close[t] ? 1 : 0;
                    }
                    return below / (double) close.length - 0.5;
                }),
                "target");
    }

    @Test
    void labelsThatOverlapTheDecisionAreCaught() {
        // "trained" on the return of the next five bars, which is not known yet
        expectCaught(data -> table(data, (close, t) -> t + 5 < close.length ? close[t + 5] - close[t] : 0), "target");
    }

    @Test
    void aUniverseRankedByTheFutureIsCaught() {
        expectCaught(StrategyHonestyTest::survivors, "target");
    }

    private static void expectCaught(StrategyHonesty.Factory cheat, String what) {
        StrategyHonestyReport report = check(cheat);
        assertThat(report.passed()).isFalse();
        assertThat(caughtBy(report)).contains(Spoiling.POISON_NAN, Spoiling.POISON_SCALE, Spoiling.TRUNCATE);
        assertThat(report.findings()).allSatisfy(f -> {
            assertThat(f.what()).isEqualTo(what);
            assertThat(f.time()).isBeforeOrEqualTo(f.cut());
            assertThat(DATA.symbols()).contains(f.symbol());
            assertThat(f.expected()).isNotEqualTo(f.found());
        });
        assertThat(report.asText()).contains("POISON_NAN").contains("weight");
    }

    /** Computes an indicator for all rows in advance and holds what is above 0. */
    private interface Indicator {
        double at(double[] close, int row);
    }

    private static Strategy table(MarketData data, Indicator indicator) {
        Map<String, double[]> tables = new HashMap<>();
        for (Frame frame : data.frames()) {
            double[] close = frame.column(Columns.CLOSE).toArray();
            double[] value = new double[close.length];
            Arrays.setAll(value, t -> indicator.at(close, t));
            tables.put(frame.symbol(), value);
        }
        return context -> {
            for (int s = 0; s < context.symbols().size(); s++) {
                int row = context.past(s).size() - 1;
                if (row >= 0 && context.isTradable(s)) {
                    double value = tables.getOrDefault(context.symbols().get(s), new double[row + 1])[row];
                    context.target(s, value > 0 ? 0.2 : 0);
                }
            }
        };
    }

    private static double mean(double[] close, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = Math.max(0, from); i < Math.min(close.length, to); i++) {
            sum += close[i];
            count++;
        }
        return sum / count;
    }

    /** Buys at the start whatever ends highest against its start. */
    private static Strategy survivors(MarketData data) {
        String best = data.symbols().get(0);
        double most = Double.NEGATIVE_INFINITY;
        for (Frame frame : data.frames()) {
            Series close = frame.column(Columns.CLOSE);
            double growth = close.size() == 0 ? 0 : close.last() / close.get(0);
            if (growth > most) {
                most = growth;
                best = frame.symbol();
            }
        }
        String winner = best;
        return context -> {
            int s = context.symbols().indexOf(winner);
            if (context.isTradable(s) && context.weight(s) == 0) {
                context.target(s, 0.9);
            }
        };
    }

    @Test
    void dataSmuggledPastTheFactoryAreCaughtByTheShift() {
        Series close = DATA.frames().get(0).column(Columns.CLOSE);
        StrategyHonestyReport report = check(spoilt -> context -> {
            int now = close.index().indexOf(context.timeNanos() - Markets.DAY);
            if (now >= 0 && now + 5 < close.size()) {
                context.target(0, close.get(now + 5) > close.get(now) ? 0.5 : 0);
            }
        });
        assertThat(caughtBy(report)).containsExactly(Spoiling.SHIFT);
    }

    @Test
    void strategiesThatReadTheCalendarAreNotShifted() {
        StrategyHonesty.Factory weekly = data -> context -> {
            if (context.isTradable(0)) {
                context.target(0, context.timeNanos() / Markets.DAY % 7 == 0 ? 0.5 : 0);
            }
        };
        assertThat(caughtBy(check(weekly))).containsExactly(Spoiling.SHIFT);
        StrategyHonestyReport report = StrategyHonesty.check(DATA, weekly, SETTINGS, new HonestySettings(20, 30, true));
        assertThat(report.passed()).isTrue();
        assertThat(report.runs()).isEqualTo(120);
    }

    @Test
    void aStrategyThatFailsOnTheSpoiltFutureIsNotCalledDishonest() {
        StrategyHonesty.Factory strict = data -> context -> {
            double close = context.past(0).column(Columns.CLOSE).last();
            if (close > 1e4 * context.past(0).column(Columns.CLOSE).get(0)) {
                throw new IllegalStateException("implausible price");
            }
            new Momentum(5, false).onBar(context);
        };
        assertThat(check(strict).passed()).isTrue();
    }

    @Test
    void nothingCanBeSaidOfAStrategyThatNeverDecides() {
        StrategyHonestyReport report = check(data -> context -> {});
        assertThat(report.findings()).isEmpty();
        assertThat(report.passed()).isFalse();
    }

    @Test
    void settingsAndShortDataAreChecked() {
        assertThatThrownBy(() -> new HonestySettings(19, 1, false)).hasMessage("cuts must be >= 20, got 19");
        assertThatThrownBy(() -> new HonestySettings(20, 0, false)).hasMessage("firstBar must be >= 1, got 0");
        MarketData one = Markets.of(Markets.frame("A", new double[] {1}, new double[] {1}));
        assertThatThrownBy(() ->
                        StrategyHonesty.check(one, d -> new Momentum(1, false), SETTINGS, HonestySettings.DEFAULT))
                .hasMessage("data must hold more bars than firstBar=1, got 1");
        MarketData few = Markets.random(1, 2, 8);
        assertThat(StrategyHonesty.check(few, d -> new Momentum(1, false), SETTINGS, HonestySettings.DEFAULT)
                        .runs())
                .isEqualTo(7 * 6 + 1);
    }
}
