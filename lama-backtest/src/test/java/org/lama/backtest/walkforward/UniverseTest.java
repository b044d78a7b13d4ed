package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.SignalModel;

class UniverseTest {
    /** Looks one bar ahead. */
    private static final class Cheat implements SignalModel {
        @Override
        public String name() {
            return "cheat";
        }

        @Override
        public Frame indicators(Frame bars) {
            double[] next = bars.column("close").toArray();
            System.arraycopy(next, 1, next, 0, next.length - 1);
            return bars.with("next", next);
        }

        @Override
        public Scorer fit(Frame train, FitContext context) {
            throw new IllegalStateException("must not be reached");
        }
    }

    @Test
    void aModelWhoseColumnsLookAheadIsRefusedWithColumnAndRow() {
        Frame bars = Markets.synthetic(3, 1, 80).frames().get(0);
        assertThatThrownBy(() -> Universe.withIndicators(bars, List.of(new Cheat())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model 'cheat' sees the future")
                .hasMessageContaining("column 'next'")
                .hasMessageContaining("row 19");
    }

    @Test
    void anHonestModelKeepsAllColumns() {
        Frame bars = Markets.synthetic(3, 1, 80).frames().get(0);
        SignalModel honest = new SignalModel() {
            @Override
            public String name() {
                return "honest";
            }

            @Override
            public Frame indicators(Frame frame) {
                return frame.with("copy", frame.column("close").toArray());
            }

            @Override
            public Scorer fit(Frame train, FitContext context) {
                throw new IllegalStateException("must not be reached");
            }
        };
        assertThat(Universe.withIndicators(bars, List.of(honest)).columnNames()).contains("close", "copy");
    }
}
