package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.core.data.MarketData;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.core.series.Frame;

class StudyChecksTest {
    private static final StudySettings SETTINGS = Markets.small("weighted", "equal-risk");
    private static MarketData market;
    private static StudyResult result;

    @BeforeAll
    static void run() {
        market = Markets.synthetic(5, 4, 420);
        result = study(market, SETTINGS);
    }

    private static StudyResult study(MarketData data, StudySettings settings) {
        return WalkForwardStudy.run(data, settings, Markets.tools());
    }

    private static StudySettings with(List<String> models, boolean switching) {
        return new StudySettings(
                models,
                SETTINGS.combiner(),
                SETTINGS.regime(),
                SETTINGS.sizing(),
                SETTINGS.kind(),
                SETTINGS.cash(),
                SETTINGS.commission(),
                SETTINGS.slippage(),
                SETTINGS.slippageModel(),
                SETTINGS.impact(),
                SETTINGS.trainDays(),
                SETTINGS.stepDays(),
                SETTINGS.targetVolatility(),
                SETTINGS.bootstrapSamples(),
                SETTINGS.seed(),
                switching);
    }

    private static double sharpe(List<Double> returns) {
        return PerformanceMetrics.of(
                        returns.stream().mapToDouble(Double::doubleValue).toArray(), 365)
                .sharpe();
    }

    @Test
    void theLadderEndsAtTheStudyItself() {
        StudyChecks checks = result.checks();
        assertThat(checks.rules())
                .extracting(StudyChecks.RuleSwitch::rule)
                .containsExactly("fill", "costs", "limit orders", "universe", "fits and scalers");
        StudyChecks.RuleSwitch last = checks.rules().get(4);
        assertThat(last.returns()).isEqualTo(checks.returns());
        assertThat(sharpe(checks.returns())).isEqualTo(result.significance().sharpe());
        assertThat(checks.naiveReturns()).hasSameSizeAs(checks.returns());
    }

    @Test
    void whatIsSwitchedChangesTheRunAndWhatCannotBeSaysWhy() {
        StudyChecks checks = result.checks();
        assertThat(checks.rules().get(0).returns()).isNotEqualTo(checks.naiveReturns());
        assertThat(checks.rules().get(1).returns())
                .isNotEqualTo(checks.rules().get(0).returns());
        assertThat(sharpe(checks.rules().get(1).returns()))
                .as("costs")
                .isLessThan(sharpe(checks.rules().get(0).returns()));
        assertThat(checks.rules().get(4).returns())
                .as("fits on all rows are other fits")
                .isNotEqualTo(checks.rules().get(1).returns());
        assertThat(checks.rules().get(2).reason()).isEqualTo("a study trades market orders only");
        assertThat(checks.rules().get(3).reason()).contains("no asset of these data ends before the last 30 days");
    }

    @Test
    void anAssetThatDisappearsMakesTheUniverseARuleOfItsOwn() {
        List<Frame> frames = new ArrayList<>(market.frames());
        Frame gone = frames.get(1);
        frames.set(1, gone.head(gone.size() - 100));
        StudyResult study = study(new MarketData(frames, List.of(), List.of()), SETTINGS);
        StudyChecks.RuleSwitch universe = study.checks().rules().get(3);
        assertThat(universe.reason()).isEmpty();
        assertThat(universe.returns())
                .hasSameSizeAs(study.checks().returns())
                .isNotEqualTo(study.checks().rules().get(1).returns());
    }

    @Test
    void whatIsLeftWithoutAMemberIsTheStudyThatNeverHadIt() {
        for (StudyChecks.Ablation row : result.checks().ablation()) {
            List<String> others = SETTINGS.models().stream()
                    .filter(name -> !name.equals(row.member()))
                    .toList();
            double refitted = study(market, with(others, false)).significance().sharpe();
            assertThat(row.sharpeWithout()).as("without %s", row.member()).isEqualTo(refitted);
            if (row.reason().isEmpty()) {
                assertThat(row.sharpeWith()).isEqualTo(result.significance().sharpe());
                assertThat(row.difference()).isEqualTo(row.sharpeWith() - row.sharpeWithout());
                assertThat(row.low()).isLessThanOrEqualTo(row.high());
                assertThat(row.pValue()).isBetween(0.0, 1.0);
            }
        }
        assertThat(result.checks().ablation())
                .extracting(StudyChecks.Ablation::member)
                .containsExactly("momentum", "anomaly", "liquidity");
    }

    @Test
    void theOnlyMemberCannotBeLeftOut() {
        StudyResult alone = study(market, with(List.of("momentum"), false));
        assertThat(alone.checks().ablation()).singleElement().satisfies(row -> {
            assertThat(row.reason()).contains("it is the only member");
            assertThat(row.difference()).isNaN();
        });
    }

    @Test
    void theCapacityCurveGoesThroughTheStudyAndItsCapitalsAscend() {
        assertThat(result.checks().capacity().points())
                .filteredOn(point -> point.capital() == SETTINGS.cash())
                .singleElement()
                .satisfies(point -> assertThat(point.sharpe())
                        .isEqualTo(result.significance().sharpe()));
        assertThat(result.checks().capacity().points())
                .extracting(point -> point.capital())
                .isSorted()
                .hasSize(9);
    }

    @Test
    void marketOrdersAtTheOpenMakeNoBarAmbiguous() {
        StudyChecks.IntrabarBounds bounds = result.checks().bounds();
        double[] equity = result.curve().equity();
        assertThat(bounds.ambiguousBars()).isZero();
        assertThat(bounds.pessimisticReturn())
                .isEqualTo(bounds.optimisticReturn())
                .isEqualTo(equity[equity.length - 1] / SETTINGS.cash() - 1);
        assertThat(bounds.why()).contains("both orders of prices give the same result");
        assertThat(bounds.isDecidable()).isTrue();
        assertThat(new StudyChecks.IntrabarBounds(3, -0.1, 0.1, "why").isDecidable())
                .isFalse();
    }

    @Test
    void theTrackingIsReportedAndChangesNothingUnlessAskedFor() {
        CombinerTracking tracking = result.checks().tracking();
        assertThat(tracking.active()).isFalse();
        assertThat(tracking.combiners())
                .extracting(CombinerTracking.Score::combiner)
                .containsExactlyElementsOf(result.combiners().stream()
                        .map(StudyResult.CombinerOutcome::name)
                        .toList());
        assertThat(tracking.combiners().stream()
                        .mapToDouble(CombinerTracking.Score::chosenShare)
                        .sum())
                .isEqualTo(1, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(result.significance().rawTrials()).isEqualTo(4);
    }

    @Test
    void switchingIsOneMoreTrialAndUntilTheFirstSwitchItIsTheConfiguredCombiner() {
        StudyResult switching = study(market, with(SETTINGS.models(), true));
        assertThat(switching.significance().rawTrials()).isEqualTo(5);
        assertThat(switching.combiners().get(0).name()).isEqualTo("switching");
        assertThat(switching.checks().tracking().active()).isTrue();
        assertThat(switching.checks().tracking().switches())
                .isEqualTo(result.checks().tracking().switches());
        long first = switching.checks().tracking().switches().stream()
                .mapToLong(CombinerTracking.Switch::timeNanos)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        long[] times = result.curve().times();
        int same = (int) Arrays.stream(times).filter(time -> time <= first).count();
        assertThat(Arrays.copyOf(switching.curve().equity(), same))
                .isEqualTo(Arrays.copyOf(result.curve().equity(), same));
        assertThat(switching.combiners().get(1).sharpe())
                .isEqualTo(result.combiners().get(0).sharpe());
    }

    @Test
    void aStudyRunOnceHasTheSameFiguresWithoutFurtherRuns() {
        StudyResult once = WalkForwardStudy.runOnce(market, SETTINGS, AssetRates.STANDARD, Markets.tools());
        assertThat(once.significance()).isEqualTo(result.significance());
        assertThat(once.assets()).isEqualTo(result.assets());
        assertThat(once.checks().rules()).isEmpty();
        assertThat(once.checks().ablation()).isEmpty();
        assertThat(once.checks().capacity().points()).hasSize(1);
        assertThat(once.checks().bounds()).isEqualTo(result.checks().bounds());
    }

    @Test
    void theBestOfAllWaysToCombineIsHeldAgainstTheSearch() {
        assertThat(result.checks().bestOfTried().isDefined()).isTrue();
        assertThat(result.checks().bestOfTried().variants()).isEqualTo(4);
        assertThat(result.checks().bestOfTried().realityCheck()).isBetween(0.0, 1.0);
    }

    @Test
    void theRatesOfTheRuleReachTheListOfAssets() {
        StudyResult strict = WalkForwardStudy.run(market, SETTINGS, new AssetRates(0.999, 1_000_000), Markets.tools());
        assertThat(strict.assets()).allSatisfy(asset -> {
            assertThat(asset.adjusted()).isEqualTo(1);
            assertThat(asset.found()).isFalse();
        });
        StudyResult lax = WalkForwardStudy.run(market, SETTINGS, new AssetRates(0.999, 1), Markets.tools());
        assertThat(lax.assets()).anySatisfy(asset -> assertThat(asset.found()).isTrue());
    }

    @Test
    void anyNumberOfThreadsGivesTheSameChecks() {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            StudyTools base = Markets.tools();
            StudyChecks other = WalkForwardStudy.run(
                            market,
                            SETTINGS,
                            new StudyTools(
                                    ThreadTaskExecutor.of(pool, 1), base.monitor(), base.trials(), base.instruments()))
                    .checks();
            StudyChecks mine = result.checks();
            assertThat(other.rules()).isEqualTo(mine.rules());
            assertThat(other.naiveReturns()).isEqualTo(mine.naiveReturns());
            assertThat(other.ablation()).isEqualTo(mine.ablation());
            assertThat(other.tracking()).isEqualTo(mine.tracking());
            assertThat(other.capacity().asText()).isEqualTo(mine.capacity().asText());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aRuleHasEitherReturnsOrAReason() {
        assertThatThrownBy(() -> new StudyChecks.RuleSwitch("fill", "a", "b", List.of(), ""))
                .hasMessageContaining("either returns or a reason");
        assertThatThrownBy(() -> new StudyChecks.RuleSwitch("fill", "a", "b", List.of(0.1), "why"))
                .hasMessageContaining("either returns or a reason");
    }
}
