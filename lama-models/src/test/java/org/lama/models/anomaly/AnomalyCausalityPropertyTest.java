package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.SignalModel;

class AnomalyCausalityPropertyTest {
    private static final int ROWS = 1400;
    private static final int TRAIN_TO = 1100;

    private final SignalModel model =
            AnomalyModel.of(new AnomalySettings(0.02, 20, 128, 100, AnomalySettings.Direction.WHERE_SIGNED));

    @ParameterizedTest
    @EnumSource
    void futureMovesNoEarlierSignal(Attack attack) {
        Frame bars = TestBars.bars(ROWS, TestBars.HOUR, 31);
        check(bars, attack);
        check(TestBars.withBook(bars, 0, 31), attack);
    }

    private void check(Frame bars, Attack attack) {
        Frame whole = model.indicators(bars);
        Scorer scorer = model.fit(whole.slice(700, TRAIN_TO), FitContext.backtest(7));
        Rng rng = Seeds.rng(32, 0);
        for (int i = 0; i < 20; i++) {
            int cut = TRAIN_TO + 1 + rng.nextInt(ROWS - TRAIN_TO - 1);
            Frame attacked = model.indicators(attack.apply(bars, cut));
            Scorer again = model.fit(attacked.slice(700, TRAIN_TO), FitContext.backtest(7));
            assertThat(again.trainingSignal()).containsExactly(scorer.trainingSignal());
            for (int t = TRAIN_TO; t < cut; t += 1 + rng.nextInt(4)) {
                assertThat(again.score(attacked.head(t + 1)))
                        .as("row %d, cut %d", t, cut)
                        .isEqualTo(scorer.score(whole.head(t + 1)));
            }
        }
    }
}
