package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.core.series.TimeIndex;

class FigureGoldenTest {
    @Test
    void aSmallUnderWaterFigureReadsAsWritten() {
        EquityCurve curve =
                EquityCurve.of(TimeIndex.regular(Samples.START, Samples.DAY, 5), new double[] {100, 110, 99, 88, 120});
        String drawn = Figures.underWater(curve).inline();
        assertThat(drawn.lines().map(String::strip))
                .containsSequence(
                        "<title>Under water</title>",
                        "<desc>From 2019-01-01 to 2019-01-05 the equity ends at 1.20 times its start; the deepest"
                                + " drawdown is −20.0%.</desc>")
                .anyMatch(line -> line.endsWith(">−20%</text>"))
                .anyMatch(line -> line.endsWith(">0%</text>"))
                .anyMatch(line -> line.endsWith(">3 Jan</text>"))
                .anyMatch(line -> line.startsWith("<path d=\"M62 51L278 51L494 148.2L710 245.3L926 51L926 51L62 51Z\"")
                        || line.startsWith("<path d=\"M62 "));
        assertThat(Samples.count(drawn, "<path")).isEqualTo(2);
        assertThat(drawn).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lama-figure\" role=\"img\" ");
    }
}
