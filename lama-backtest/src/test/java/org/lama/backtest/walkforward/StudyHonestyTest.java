package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

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
