package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.EngineSettings;
import org.lama.models.arima.ArimaFit;
import org.lama.models.arima.ArimaSpec;
import org.lama.models.arima.AutoArimaResult;

/** Every benchmark body once, on a small size: each side does the work it claims to do. */
class BenchmarksTest {
    @Test
    void fitAndTextbookFindTheSameLikelihood() {
        ArimaBenchmark benchmark = new ArimaBenchmark();
        benchmark.n = 365;
        benchmark.order = "1,1,1";
        benchmark.prepare();
        ArimaFit fit = benchmark.fit();
        assertThat(fit.status().converged()).isTrue();
        assertThat(fit.spec()).isEqualTo(ArimaSpec.of(1, 1, 1));
        // the simplex stops at a relative change of 1e-10 of a value near 900
        assertThat(benchmark.naive()).isCloseTo(fit.logLikelihood(), within(1e-4));
    }

    @Test
    void textbookRefusesWhatIsNotStationaryAndNeverBeatsTheFit() {
        ArimaBenchmark benchmark = new ArimaBenchmark();
        benchmark.n = 120;
        benchmark.order = "2,1,2";
        benchmark.prepare();
        double ours = benchmark.fit().logLikelihood();
        // a maximum on the edge of invertibility may be found from outside of it by a search without limits
        assertThat(benchmark.naive()).isLessThan(ours + 0.5).isGreaterThan(ours - 5);
    }

    @Test
    void bothUnitRootTestsFindTheSameStatistic() {
        UnitRootBenchmark benchmark = new UnitRootBenchmark();
        benchmark.n = 365;
        benchmark.prepare();
        double statistic = benchmark.adf().statistic();
        // raw columns of condition 1e3 against near-orthogonal ones
        assertThat(benchmark.naiveAdf()).isCloseTo(statistic, within(1e-9));
        assertThat(benchmark.dfGls().isDefined()).isTrue();
        assertThat(benchmark.phillipsPerron().isDefined()).isTrue();
    }

    @Test
    void stepwiseSearchIsNotFarFromTryingEveryOrder() {
        AutoArimaBenchmark benchmark = new AutoArimaBenchmark();
        benchmark.n = 150;
        benchmark.prepare();
        AutoArimaResult stepwise = benchmark.stepwise();
        AutoArimaResult every = benchmark.everyOrder();
        assertThat(stepwise.candidates().size()).isLessThan(every.candidates().size());
        // by the rule of thumb of AICc two models within 4 cannot be told apart
        assertThat(stepwise.fit().aicc()).isCloseTo(every.fit().aicc(), within(4.0));
    }

    @Test
    void seriesTestsAreDefinedAndTheAutocorrelationsAreTheTextbooks() {
        SeriesTestBenchmark benchmark = new SeriesTestBenchmark();
        benchmark.n = 365;
        benchmark.prepare();
        assertThat(benchmark.acf()).containsExactly(benchmark.naiveAcf(), within(1e-12));
        assertThat(benchmark.ljungBox().pValue()).isBetween(0.0, 1.0);
        assertThat(benchmark.kpss().isDefined()).isTrue();
    }

    @Test
    void theStoreAndTheTextbookReadTheSameCloses() throws IOException {
        StoreBenchmark benchmark = new StoreBenchmark();
        benchmark.rows = 90_000;
        benchmark.prepare();
        assertThat(benchmark.naiveWrite()).isEqualTo(90_000L * 6 * Double.BYTES);
        assertThat(benchmark.write()).isLessThan(90_000L * 12);
        double sum = Arrays.stream(benchmark.readAll().doubles("close")).sum();
        assertThat(benchmark.naiveRead()).isCloseTo(sum, within(1e-9 * sum));
        assertThat(benchmark.oneDay().rows()).isEqualTo(86_400);
        benchmark.clean();
    }

    @Test
    void indicatorsAreTheTextbooksInEveryWay() {
        for (String name : new String[] {"sma(20)", "rsi(14)", "macd(12,26,9)", "cci(20)"}) {
            IndicatorBenchmark benchmark = new IndicatorBenchmark();
            benchmark.bars = 600;
            benchmark.indicator = name;
            benchmark.prepare();
            double[][] batch = benchmark.batch();
            double[] last = batch[batch.length - 1].clone();
            double[] naive = benchmark.naive();
            for (int t = 40; t < last.length; t++) {
                // sums in another order, beside values up to 1e3
                assertThat(last[t]).as(name).isCloseTo(naive[t], within(1e-8));
            }
            double[][] stream = benchmark.stream();
            assertThat(stream[stream.length - 1]).containsExactly(last);
        }
    }

    @Test
    void aPanelIsChosenColdAndWarm() {
        PanelBenchmark benchmark = new PanelBenchmark();
        benchmark.assets = 3;
        benchmark.days = 430;
        benchmark.prepare();
        // two windows of three assets, a few AICc apart as a rule
        assertThat(benchmark.warm()).isCloseTo(benchmark.cold(), within(4.0));
    }

    @Test
    void warmWindowsAreAboutAsGoodAsColdOnes() {
        RollingArimaBenchmark benchmark = new RollingArimaBenchmark();
        benchmark.days = 485;
        benchmark.prepare();
        // five windows, each at most 2 AICc worse as a rule
        assertThat(benchmark.warm()).isCloseTo(benchmark.cold(), within(10.0));
    }

    @Test
    void bothForestsScoreAlikeAndOursEqualsItsWalkRowByRow() {
        ForestBenchmark benchmark = new ForestBenchmark();
        benchmark.rows = 1_000;
        benchmark.prepare();
        assertThat(benchmark.fit().trees()).isEqualTo(100);
        assertThat(benchmark.naiveFit()).isInstanceOf(NaiveForest.class);
        double[] blocks = benchmark.score().clone();
        double[] rows = benchmark.scoreRowByRow().clone();
        assertThat(blocks).containsExactly(rows);
        assertThat(benchmark.extendedFit().trees()).isEqualTo(100);
        assertThat(correlation(benchmark.extendedScore().clone(), blocks)).isGreaterThan(0.8);
        double[] naive = benchmark.naiveScore().clone();
        assertThat(Arrays.stream(naive).boxed()).allMatch(score -> score > 0 && score < 1);
        // two forests of 100 random trees: the means of 1,000 scores differ by little, the scores by some hundredths
        assertThat(Arrays.stream(naive).average().orElseThrow())
                .isCloseTo(Arrays.stream(blocks).average().orElseThrow(), within(0.02));
        assertThat(correlation(naive, blocks)).isGreaterThan(0.9);
    }

    @Test
    void aForestOfOneValueKnowsNothing() {
        double[][] rows = new double[300][2];
        assertThat(NaiveForest.fit(rows).score(new double[] {7, 7})).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void bothLedgersEndWithTheSameEquity() {
        LedgerBenchmark benchmark = new LedgerBenchmark();
        benchmark.events = 5_000;
        benchmark.prepare();
        double ours = benchmark.apply();
        assertThat(ours).isNotEqualTo(LedgerEvents.CASH);
        // both are exact to 1e-8; a fill through zero is split and rounded once more by ours
        assertThat(benchmark.decimals()).isCloseTo(ours, within(1e-4));
    }

    @Test
    void engineAndBareLoopTellTheSameStory() {
        EngineBenchmark benchmark = new EngineBenchmark();
        benchmark.symbols = 6;
        benchmark.days = 200;
        benchmark.prepare();
        BacktestResult run = benchmark.engine();
        assertThat(run.fillCount()).isGreaterThan(50);
        assertThat(run.audit()).isEmpty();
        double[] equity = run.equity();
        double ours = equity[equity.length - 1];
        assertThat(ours).isNotEqualTo(EngineSettings.DEFAULT.cash());
        // the limits of the engine cut some orders that the bare loop lets pass
        assertThat(benchmark.objects()).isCloseTo(ours, within(0.15 * ours));
    }

    @Test
    void bothWorksOfTheEventEngineTradeAndBalance() {
        for (String work : List.of("crossover", "rotation")) {
            EventEngineBenchmark benchmark = new EventEngineBenchmark();
            benchmark.work = work;
            benchmark.minutes = 20_000;
            benchmark.days = 200;
            benchmark.prepare();
            BacktestResult run = benchmark.engine();
            assertThat(run.fillCount()).isPositive();
            assertThat(run.audit()).isEmpty();
            // prices slip to the next tick in the engine and to no tick in the bare loop
            double[] bare = benchmark.arrays();
            assertThat(bare).hasSize(run.equity().length);
            double last = bare[bare.length - 1];
            assertThat(run.equity()[bare.length - 1])
                    .isNotEqualTo(run.capital())
                    .isCloseTo(last, within(1e-6 * last));
        }
    }

    @Test
    void studyReachesAVerdictOnOneAndOnTwoThreads() throws IOException {
        StudyBenchmark benchmark = new StudyBenchmark();
        benchmark.assets = 1;
        benchmark.days = 430;
        benchmark.prepare();
        assertThat(benchmark.twoThreads().closingLines())
                .hasSize(3)
                .isEqualTo(benchmark.oneThread().closingLines());
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
