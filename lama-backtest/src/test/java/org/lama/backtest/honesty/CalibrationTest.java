package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.TaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;

final class CalibrationTest {
    private static final PerfectTrader.Terms TERMS = new PerfectTrader.Terms(false, 0.0005, 0.4);
    private static final Calibration.Settings SETTINGS =
            new Calibration.Settings(10, 6, List.of(0.2, 0.5), 0.8, 500, 100, 7, TERMS);

    /** A pipeline that trades with yesterday's sign: it earns where drifts persist. */
    private static Calibration.Judged judge(MarketData market, Calibration.Batch batch) {
        double sum = 0;
        double square = 0;
        int n = 0;
        for (var frame : market.frames()) {
            double[] open = frame.column(Columns.OPEN).toArray();
            double[] close = frame.column(Columns.CLOSE).toArray();
            for (int t = 101; t < open.length; t++) {
                double r = Math.signum(close[t - 1] / open[t - 1] - 1) * (close[t] / open[t] - 1);
                sum += r;
                square += r * r;
                n++;
            }
        }
        double z = sum / Math.sqrt(square);
        return new Calibration.Judged(z > 1.645 ? "EDGE" : "NO EDGE", z * Math.sqrt(365.0 / n), z > 3 ? 0.99 : 0.5, n);
    }

    private static CalibrationResult run(Calibration.Journal journal, TaskExecutor executor) {
        return CalibrationResult.of(
                Calibration.run(
                        NullMarkets.of(NullMarketsTest.base(2, 400)),
                        SETTINGS,
                        CalibrationTest::judge,
                        journal,
                        executor,
                        TaskExecutor.Progress.none()),
                SETTINGS,
                1);
    }

    @Test
    void nullMarketsAreRarelyEdgesAndStrongDriftsAreFound() {
        CalibrationResult result = run(Calibration.Journal.none(), SequentialTaskExecutor.create());
        assertThat(result.markets()).hasSize(22);
        assertThat(result.nulls().markets()).isEqualTo(10);
        assertThat(result.nulls(NullMarkets.Kind.GARCH).markets()).isEqualTo(5);
        assertThat(result.nulls().edges()).isLessThanOrEqualTo(3);
        assertThat(result.levels()).hasSize(3);
        assertThat(result.levels().get(2).share()).isGreaterThanOrEqualTo(0.8);
        assertThat(result.levels().get(2).perfectSharpe())
                .isGreaterThan(result.levels().get(1).perfectSharpe());
        assertThat(result.years()).isCloseTo(400.0 / 365, within(1e-12));
        assertThat(result.bound()).isCloseTo(1.5 * 2.487 / Math.sqrt(400.0 / 365), within(1e-12));
        assertThat(result.smallestDetectable()).isPresent();
        assertThat(result.smallestDetectablePerfect()).isPresent();
        assertThat(result.columns()).hasSize(10);
    }

    @Test
    void threadsChangeNoBit() {
        CalibrationResult one = run(Calibration.Journal.none(), SequentialTaskExecutor.create());
        for (int threads : new int[] {2, 7}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                assertThat(run(Calibration.Journal.none(), ThreadTaskExecutor.of(pool, 1))
                                .markets())
                        .isEqualTo(one.markets());
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void whatAJournalKnowsIsNotRunAgain() {
        Map<Integer, Calibration.Market> kept = new ConcurrentHashMap<>();
        AtomicInteger writes = new AtomicInteger();
        Calibration.Journal journal = new Calibration.Journal() {
            @Override
            public Optional<Calibration.Market> known(int number) {
                return Optional.ofNullable(kept.get(number));
            }

            @Override
            public void keep(Calibration.Market market) {
                kept.put(market.number(), market);
                writes.incrementAndGet();
            }
        };
        CalibrationResult whole = run(journal, SequentialTaskExecutor.create());
        assertThat(writes).hasValue(22);
        for (int k = 3; k < 22; k += 4) {
            kept.remove(k);
        }
        CalibrationResult resumed = run(journal, SequentialTaskExecutor.create());
        assertThat(writes).hasValue(27);
        assertThat(resumed.markets()).isEqualTo(whole.markets());
    }

    private static CalibrationResult made(double[] sharpes, int[] edgesOfTen) {
        List<Double> strengths = new ArrayList<>();
        List<Calibration.Market> markets = new ArrayList<>();
        for (int level = 0; level < sharpes.length; level++) {
            double strength = level * 0.1;
            if (level > 0) {
                strengths.add(strength);
            }
            for (int k = 0; k < 10; k++) {
                markets.add(new Calibration.Market(
                        markets.size(),
                        k % 2 == 0 ? NullMarkets.Kind.BLOCK_BOOTSTRAP : NullMarkets.Kind.GARCH,
                        strength,
                        new Calibration.Judged(
                                k < edgesOfTen[level] ? "EDGE" : k == 9 ? "NOT ENOUGH DATA" : "NO EDGE",
                                sharpes[level] + (k - 4.5) / 10,
                                0.5,
                                40),
                        level == 0 ? Double.NaN : 3 * sharpes[level]));
            }
        }
        Calibration.Settings settings = new Calibration.Settings(10, 10, strengths, 0.8, 1_000, 270, 1, TERMS);
        return CalibrationResult.of(markets, settings, 1);
    }

    @Test
    void theSmallestDetectableEdgeLiesWherePowerRisesToEightyPerCentForGood() {
        CalibrationResult result = made(new double[] {0, 0.5, 1, 1.5, 2}, new int[] {0, 9, 6, 10, 10});
        assertThat(result.smallestDetectable().getAsDouble()).isCloseTo(1.25, within(1e-12));
        assertThat(result.smallestDetectablePerfect().getAsDouble()).isCloseTo(3.75, within(1e-12));
        assertThat(result.levels().get(2).notEnough()).isEqualTo(1);
        assertThat(result.levels().get(3).notEnough()).isZero();
        assertThat(made(new double[] {0, 0.5}, new int[] {0, 7}).smallestDetectable())
                .isEmpty();
        assertThat(made(new double[] {0}, new int[] {0}).smallestDetectable()).isEmpty();
        assertThat(made(new double[] {0.1, 0.5}, new int[] {9, 9})
                        .smallestDetectable()
                        .getAsDouble())
                .isCloseTo(0.1, within(1e-12));
    }

    @Test
    void theSizeHoldsWithinTwoStandardErrors() {
        assertThat(made(new double[] {0}, new int[] {1}).sizeHolds()).isTrue();
        assertThat(made(new double[] {0}, new int[] {2}).sizeHolds()).isFalse();
        assertThat(made(new double[] {0}, new int[] {2}).nulls().standardError())
                .isCloseTo(Math.sqrt(0.016), within(1e-12));
    }

    @Test
    void theEmpiricalPValueCountsTheNullMarketsThatLookAsGood() {
        CalibrationResult result = made(new double[] {0, 5}, new int[] {0, 10});
        assertThat(result.empiricalPValue(-9)).isEqualTo(1);
        assertThat(result.empiricalPValue(0)).isCloseTo(6.0 / 11, within(1e-12));
        assertThat(result.empiricalPValue(9)).isCloseTo(1.0 / 11, within(1e-12));
        assertThat(result.empiricalPValue(Double.NaN)).isNaN();
    }

    @Test
    void theVerdictAloneFindsMoreOfWhatIsLarger() {
        VerdictPower.Judge judge = returns -> {
            double sum = 0;
            double square = 0;
            for (double r : returns) {
                sum += r;
                square += r * r;
            }
            return sum / Math.sqrt(square) > 1.645;
        };
        List<Integer> told = new ArrayList<>();
        List<VerdictPower.Point> points = VerdictPower.measure(
                new double[] {0, 1, 3}, 730, 200, 4, judge, SequentialTaskExecutor.create(), (done, total) -> {
                    told.add(done);
                    assertThat(total).isEqualTo(600);
                });
        assertThat(told).hasSize(600).endsWith(600);
        assertThat(points.get(0).share()).isCloseTo(0.05, within(0.05));
        // A one-sided test of a mean at z = √2 × the Sharpe ratio.
        assertThat(points.get(1).share()).isCloseTo(0.41, within(0.12));
        assertThat(points.get(2).share()).isGreaterThan(0.95);
        assertThat(points.get(1).standardError()).isBetween(0.02, 0.04);
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new Calibration.Settings(1, 6, List.of(), 0.8, 500, 100, 7, TERMS))
                .hasMessageContaining("nullMarkets must be >= 2");
        assertThatThrownBy(() -> new Calibration.Settings(2, 6, List.of(0.5, 0.2), 0.8, 500, 100, 7, TERMS))
                .hasMessageContaining("strengths must ascend");
        assertThatThrownBy(() -> new Calibration.Settings(2, 6, List.of(), 0.8, 102, 100, 7, TERMS))
                .hasMessageContaining("rows must leave at least 3");
    }

    @Test
    void marketsBesideAreAskedByTheirBatchAndCountedByThemselves() {
        Calibration.Settings more = new Calibration.Settings(
                10, 6, List.of(0.2, 0.5), 0.8, 500, 100, 7, TERMS, new Calibration.Beside(3, 4, 2));
        assertThat(more.markets()).isEqualTo(29);
        assertThat(more.batchOf(21)).isEqualTo(Calibration.Batch.COSTS);
        assertThat(more.batchOf(22)).isEqualTo(Calibration.Batch.FREE);
        assertThat(more.batchOf(25)).isEqualTo(Calibration.Batch.RISING);
        assertThat(more.kindOf(22)).isEqualTo(more.kindOf(25)).isEqualTo(NullMarkets.Kind.BLOCK_BOOTSTRAP);
        assertThat(more.strengthOf(28)).isZero();
        NullMarkets markets = NullMarkets.of(NullMarketsTest.base(2, 400));
        CalibrationResult result = CalibrationResult.of(
                Calibration.run(
                        markets,
                        more,
                        (market, batch) -> new Calibration.Judged(
                                batch == Calibration.Batch.RISING ? "EDGE" : "NO EDGE",
                                batch == Calibration.Batch.FREE ? 9 : 1,
                                0.5,
                                40,
                                batch == Calibration.Batch.RISING
                                        && market.frames()
                                                        .get(0)
                                                        .column("close")
                                                        .get(0)
                                                > 0),
                        Calibration.Journal.none(),
                        SequentialTaskExecutor.create(),
                        (done, total) -> {}),
                more,
                1);
        assertThat(result.nulls().markets()).isEqualTo(10);
        assertThat(result.nulls().edges()).isZero();
        assertThat(result.beside(Calibration.Batch.FREE).orElseThrow().markets())
                .isEqualTo(3);
        assertThat(result.beside(Calibration.Batch.RISING).orElseThrow().edges())
                .isEqualTo(4);
        assertThat(result.edgesAboveRisingMarkets()).isEqualTo(4);
        // those without costs are no part of the empirical p-value
        assertThat(result.empiricalPValue(5)).isEqualTo(1.0 / 11);
        assertThatThrownBy(() -> result.beside(Calibration.Batch.COSTS)).hasMessageContaining("nulls()");
        assertThatThrownBy(() -> new Calibration.Beside(1, 0, 1)).hasMessageContaining("free markets");
        assertThatThrownBy(() -> new Calibration.Beside(0, 1, 1)).hasMessageContaining("rising markets");
    }
}
