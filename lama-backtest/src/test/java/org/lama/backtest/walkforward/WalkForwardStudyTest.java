package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lama.core.data.MarketData;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.signal.RegimeLabel;

class WalkForwardStudyTest {
    private static MarketData market;
    private static StudyResult result;

    @BeforeAll
    static void run() {
        market = Markets.synthetic(5, 4, 420);
        result = WalkForwardStudy.run(market, Markets.small("weighted", "equal-risk"), Markets.tools());
    }

    @Test
    void theCurveStartsAtTheFirstDecisionAndEndsWithTheData() {
        long[] times = result.curve().times();
        Frame first = market.frames().get(0);
        assertThat(times[0]).isEqualTo(first.index().at(0) + 120 * 86_400_000_000_000L);
        assertThat(times[times.length - 1]).isEqualTo(first.availableAt(first.size() - 1));
        assertThat(result.curve().equity()[0]).isEqualTo(1_000_000);
    }

    @Test
    void everyFoldTestsAfterItTrains() {
        assertThat(result.folds()).hasSize(4 * 5).allSatisfy(fold -> {
            assertThat(fold.trainTo()).isLessThan(fold.testFrom());
            assertThat(fold.testFrom()).isLessThanOrEqualTo(fold.testTo());
            assertThat(fold.model()).contains("ARIMA");
        });
    }

    @Test
    void theLastModelOfEachAssetIsKeptWithItsWindow() {
        assertThat(result.models()).hasSize(4).allSatisfy(last -> {
            assertThat(last.model().residuals()).hasSize(last.observed().size());
            assertThat(last.observed().size())
                    .isBetween(
                            result.settings().trainDays() - 5, result.settings().trainDays());
            StudyResult.FoldOutcome fold = result.folds().stream()
                    .filter(f -> f.asset().equals(last.asset()))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            assertThat(last.model().title()).isEqualTo(fold.model());
            assertThat(last.observed().index().at(0)).isEqualTo(fold.trainFrom());
        });
    }

    @Test
    void moreCostsNeverEarnMoreAndAllFourCombinersAreCompared() {
        List<StudyResult.CostPoint> points = result.sensitivity();
        assertThat(points).extracting(StudyResult.CostPoint::multiple).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(points.get(0).costs()).isZero();
        assertThat(points.get(0).totalReturn())
                .isGreaterThanOrEqualTo(points.get(1).totalReturn());
        assertThat(result.combiners())
                .extracting(StudyResult.CombinerOutcome::name)
                .containsExactlyInAnyOrder("weighted", "dynamic", "consensus", "bayesian");
        assertThat(result.combiners())
                .filteredOn(StudyResult.CombinerOutcome::configured)
                .hasSize(1);
        assertThat(result.significance().rawTrials()).isEqualTo(4);
    }

    @Test
    void profitOfTheTradesAndWhatIsStillOpenIsTheEquityGained() {
        double closed =
                result.trades().stream().mapToDouble(StudyResult.TradeRow::pnl).sum();
        double[] equity = result.curve().equity();
        double gained = equity[equity.length - 1] - 1_000_000;
        double exposure = result.curve().exposure()[equity.length - 1];
        if (exposure == 0) {
            assertThat(closed).isCloseTo(gained, within(1e-4));
        } else {
            assertThat(Math.abs(closed - gained)).isLessThan(equity[equity.length - 1] * exposure);
        }
    }

    @Test
    void regimesCoverAllBars() {
        assertThat(result.regimes())
                .extracting(StudyResult.RegimeOutcome::label)
                .containsExactly(RegimeLabel.values());
        assertThat(result.regimes().stream()
                        .mapToDouble(StudyResult.RegimeOutcome::share)
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        for (int threads : new int[] {1, 2, 7}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                StudyTools base = Markets.tools();
                StudyResult other = WalkForwardStudy.run(
                        market,
                        Markets.small("weighted", "equal-risk"),
                        new StudyTools(
                                ThreadTaskExecutor.of(pool, 1), base.monitor(), base.trials(), base.instruments()));
                assertThat(Arrays.equals(other.curve().equity(), result.curve().equity()))
                        .isTrue();
                assertThat(other.folds()).isEqualTo(result.folds());
                assertThat(other.assets()).isEqualTo(result.assets());
                assertThat(other.significance()).isEqualTo(result.significance());
                assertThat(other.trades()).isEqualTo(result.trades());
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void anInterruptedStudyKeepsTheFoldsThatAreDoneAndAgreesWithTheWholeOne() {
        AtomicInteger finished = new AtomicInteger();
        StudyMonitor stopping = new StudyMonitor() {
            @Override
            public void progress(String stage, int done, int total) {
                finished.set(done);
            }

            @Override
            public boolean cancelled() {
                return finished.get() >= 9;
            }
        };
        StudyTools base = Markets.tools();
        StudyResult partial = WalkForwardStudy.run(
                market,
                Markets.small("weighted", "equal-risk"),
                new StudyTools(base.executor(), stopping, base.trials(), base.instruments()));
        assertThat(partial.partial()).isTrue();
        assertThat(partial.folds()).hasSize(8);
        assertThat(partial.models()).isEmpty();
        double[] equity = partial.curve().equity();
        assertThat(equity).hasSize(121);
        assertThat(Arrays.copyOf(result.curve().equity(), equity.length)).containsExactly(equity);
    }

    @Test
    void aStudyThatIsStoppedAtOnceSaysSo() {
        StudyTools base = Markets.tools();
        StudyMonitor never = new StudyMonitor() {
            @Override
            public void progress(String stage, int done, int total) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> WalkForwardStudy.run(
                        market,
                        Markets.small("weighted", "equal-risk"),
                        new StudyTools(base.executor(), never, base.trials(), base.instruments())))
                .isInstanceOf(StudyInterruptedException.class)
                .hasMessageContaining("before the first window was finished");
    }

    @Test
    void dataShorterThanOneWindowAreRefusedWithTheirLength() {
        MarketData little = Markets.synthetic(5, 1, 100);
        assertThatThrownBy(() -> WalkForwardStudy.run(little, Markets.small("weighted", "equal-risk"), Markets.tools()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 100.0 days")
                .hasMessageContaining("study.trainDays");
    }

    @Test
    void unknownNamesListWhatExists() {
        assertThatThrownBy(() -> WalkForwardStudy.run(market, Markets.small("magic", "equal-risk"), Markets.tools()))
                .hasMessageContaining("no combiner is called 'magic'")
                .hasMessageContaining("weighted");
        assertThatThrownBy(() -> WalkForwardStudy.run(market, Markets.small("weighted", "kelly"), Markets.tools()))
                .hasMessageContaining("kelly");
    }

    @Test
    void anUnexplainedJumpEndsOneListingAndBeginsAnother() {
        Frame bars = market.frames().get(0);
        double[] segment = new double[bars.size()];
        Arrays.fill(segment, 200, segment.length, 1);
        MarketData jumped = new MarketData(List.of(bars.with("quality.segment", segment)), List.of(), List.of());
        StudyResult study = WalkForwardStudy.run(jumped, Markets.small("weighted", "equal-risk"), Markets.tools());
        assertThat(study.folds())
                .extracting(StudyResult.FoldOutcome::asset)
                .contains(bars.symbol(), bars.symbol() + "#2");
        long jump = bars.index().at(200);
        assertThat(study.folds())
                .filteredOn(fold -> fold.asset().endsWith("#2"))
                .allMatch(fold -> fold.trainFrom() >= jump);
    }

    @Test
    void countsFoldsWithoutFitting() {
        assertThat(WalkForwardStudy.folds(market, Markets.small("weighted", "equal-risk")))
                .isEqualTo(20);
    }
}
