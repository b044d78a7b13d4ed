package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.honesty.HonestySettings;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.honesty.StrategyHonestyReport;
import org.lama.core.data.MarketData;

/** The whole study, from bars to fills, cannot see the future. */
class StudyHonestyTest {
    private static final int FIRST_DECISION = 130;

    @ParameterizedTest
    @CsvSource({"weighted,equal-risk", "bayesian,equal-weight", "dynamic,equal-risk", "consensus,equal-weight"})
    void poisonedCutAndShiftedFuturesChangeNoEarlierDecisionSizeOrFill(String combiner, String sizing) {
        MarketData data = Markets.synthetic(11, 2, 260);
        StudySettings settings = Markets.small(combiner, sizing);
        StrategyHonestyReport report = StrategyHonesty.check(
                data,
                spoilt -> WalkForwardStudy.strategy(spoilt, settings, Markets.tools()),
                EngineSettings.DEFAULT,
                new HonestySettings(20, FIRST_DECISION, false));
        assertThat(report.passed()).as(report.asText()).isTrue();
        assertThat(report.targetsCompared()).isGreaterThan(combiner.equals("consensus") ? -1 : 100);
    }
}
