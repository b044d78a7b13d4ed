package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {
    private static String drawn(double left, String label) {
        Svg svg = new Svg();
        Panel panel = Panel.linear(svg, new Box(left, 10, 200, 80), new double[] {0, 1}, new double[] {-1, 0});
        panel.yGrid(List.of(new Ticks.Tick(-0.5, label)), "Drawdown");
        return svg.body();
    }

    @Test
    void aTitleStandsUprightWhereTheLabelsLeaveItRoom() {
        assertThat(drawn(62, "−10%")).contains("rotate(-90)");
        assertThat(drawn(50, "0.5")).contains("rotate(-90)");
    }

    @Test
    void aTitleThatWouldLieOnTheLabelsMovesIntoThePlot() {
        assertThat(drawn(50, "−10%")).doesNotContain("rotate(-90)").contains("x=\"55\"", "Drawdown");
        assertThat(drawn(62, "−1\u202f000%")).doesNotContain("rotate(-90)");
    }
}
