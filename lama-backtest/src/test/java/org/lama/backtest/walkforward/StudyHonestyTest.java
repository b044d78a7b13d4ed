package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.honesty.HonestySettings;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.honesty.StrategyHonestyReport;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument;

/** The whole study, from bars to fills, cannot see the future. */
class StudyHonestyTest {
    private static final int FIRST_DECISION = 130;

    /** The fold's own choices stay inside it: universe, fits, scalers, thresholds, weights, and here the combiner itself. */
    @Test
    void theCombinerThatTheTrackingChoosesFollowsFromThePastOnly() {
        MarketData data = Markets.synthetic(12, 2, 320);
        StudySettings settings =
                Markets.small("weighted", "equal-risk", Instrument.Kind.PERP).withCombinerSwitching(true);
        StrategyHonestyReport report = StrategyHonesty.check(
                data,
                spoilt -> WalkForwardStudy.strategy(spoilt, settings, Markets.tools()),
                EngineSettings.DEFAULT.toBuilder().kind(Instrument.Kind.PERP).build(),
                new HonestySettings(20, FIRST_DECISION, false));
        assertThat(report.passed()).as(report.asText()).isTrue();
        assertThat(WalkForwardStudy.run(data, settings, Markets.tools())
                        .checks()
                        .tracking()
                        .switches())
                .as("there is a choice to be checked")
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "weighted,equal-risk,SPOT",
        "bayesian,equal-weight,PERP",
        "dynamic,equal-risk,PERP",
        "consensus,equal-weight,SPOT"
    })
    void poisonedCutAndShiftedFuturesChangeNoEarlierDecisionSizeOrFill(
            String combiner, String sizing, Instrument.Kind kind) {
        MarketData data = Markets.synthetic(11, 2, 260);
        StudySettings settings = Markets.small(combiner, sizing, kind);
        StrategyHonestyReport report = StrategyHonesty.check(
                data,
                spoilt -> WalkForwardStudy.strategy(spoilt, settings, Markets.tools()),
                EngineSettings.DEFAULT.toBuilder().kind(kind).build(),
                new HonestySettings(20, FIRST_DECISION, false));
        assertThat(report.passed()).as(report.asText()).isTrue();
        assertThat(report.targetsCompared()).isPositive();
    }
}
