package org.lama.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.HonestyCheck;
import org.lama.core.signal.HonestyReport;
import org.lama.core.signal.HonestyReport.Kind;
import org.lama.core.signal.HonestyReport.Outcome;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.SignalModel;
import org.lama.models.anomaly.AnomalyModel;
import org.lama.models.anomaly.AnomalySettings;
import org.lama.models.anomaly.TestBars;
import org.lama.models.arima.ArimaMomentum;
import org.lama.models.liquidity.LiquidityModel;
import org.lama.models.liquidity.LiquiditySettings;

/** All three models under poison, truncation and shift of the future, at 20 cuts and more. */
class ModelsHonestyTest {
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final HonestyCheck CHECK = HonestyCheck.of(11).withCuts(20);

    @Test
    void momentumSeesNoFuture() {
        // one close in sixty is missing, so that the likelihood with gaps is under the check too
        honest(new ArimaMomentum(), TestBars.bars(200, DAY, 41), 20, 150);
    }

    @Test
    void anomalySeesNoFuture() {
        SignalModel model =
                AnomalyModel.of(new AnomalySettings(0.02, 20, 128, 100, AnomalySettings.Direction.WHERE_SIGNED));
        honest(model, everything(1040, TestBars.HOUR), 700, 1000);
    }

    @Test
    void liquiditySeesNoFuture() {
        honest(LiquidityModel.of(LiquiditySettings.defaults()), everything(400, DAY), 100, 340);
    }

    private static Frame everything(int rows, long barNanos) {
        return TestBars.withPool(TestBars.withBook(TestBars.bars(rows, barNanos, 42), 0, 42), 42);
    }

    private static void honest(SignalModel model, Frame bars, int trainFrom, int trainTo) {
        Frame input = model.indicators(bars);
        Scorer scorer = model.fit(input.slice(trainFrom, trainTo), FitContext.backtest(11));
        assertThat(scorer.status().converged())
                .as("a neutral model proves nothing")
                .isTrue();
        assertThat(scorer.score(input).valid()).isTrue();
        HonestyReport report = CHECK.model(model, bars, trainFrom, trainTo).orThrow();
        for (Kind kind : Kind.values()) {
            if (kind == Kind.DELAY) {
                continue;
            }
            assertThat(report.finding(kind).outcome()).as(kind.name()).isEqualTo(Outcome.PASSED);
            if (kind != Kind.REPEAT && kind != Kind.SHIFT && kind != Kind.AVAILABLE) {
                assertThat(report.finding(kind).runs()).as(kind.name()).isGreaterThanOrEqualTo(20);
            }
        }
    }
}
