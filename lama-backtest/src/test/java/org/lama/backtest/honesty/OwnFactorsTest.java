package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.backtest.engine.Markets;
import org.lama.core.series.Frame;

class OwnFactorsTest {
    private static final Frame BARS = bars();

    private static Frame bars() {
        double[] open = new double[300];
        double[] high = new double[300];
        double[] low = new double[300];
        double[] close = new double[300];
        for (int i = 0; i < 300; i++) {
            open[i] = 100 + i % 7;
            close[i] = 100 + i % 11;
            high[i] = 112;
            low[i] = 99;
        }
        return Markets.frame("A", open, close)
                .with("high", high)
                .with("low", low)
                .with("volume", close);
    }

    @Test
    void barsStayBarsAndRowsBeforeKeepTheirBits() {
        double[] flow = new double[300];
        flow[0] = -1;
        flow[200] = 5;
        Frame moved = OwnFactors.of(BARS.with("flow", flow), 100, 7);
        double[] open = moved.column("open").toArray();
        double[] high = moved.column("high").toArray();
        double[] low = moved.column("low").toArray();
        double[] close = moved.column("close").toArray();
        Set<Double> ratios = new HashSet<>();
        int falls = 0;
        for (int i = 0; i < 300; i++) {
            assertThat(high[i]).isGreaterThanOrEqualTo(Math.max(open[i], close[i]));
            assertThat(low[i]).isLessThanOrEqualTo(Math.min(open[i], close[i])).isPositive();
            if (i < 100) {
                assertThat(close[i]).isEqualTo(BARS.column("close").get(i));
            } else {
                ratios.add(close[i] / open[i]);
                falls += close[i] / open[i] < 0.9 ? 1 : 0;
            }
        }
        assertThat(ratios).hasSizeGreaterThan(190);
        assertThat(falls).isBetween(60, 140);
        assertThat(moved.column("flow").get(0)).isEqualTo(-1);
        assertThat(moved.column("flow").get(200)).isNotEqualTo(5);
    }

    @Test
    void missingPricesStayMissingAndCompanionsStay() {
        double[] close = BARS.column("close").toArray();
        close[150] = Double.NaN;
        Frame given = BARS.with("close", close).with("volume.availableAt", new double[300]);
        Frame moved = OwnFactors.of(given, 100, 7);
        assertThat(moved.column("close").get(150)).isNaN();
        assertThat(moved.column("high").get(150)).isNotNaN();
        assertThat(moved.column("volume.availableAt").get(150)).isZero();
        assertThat(OwnFactors.of(given, 300, 7).column("close").toArray()).containsExactly(close);
    }

    @Test
    void theOtherWayIsTheReciprocal() {
        assertThat(OwnFactors.at("close", 5, false) * OwnFactors.at("close", 5, true))
                .isBetween(0.999999, 1.000001);
        assertThat(OwnFactors.at("close", 5, false)).isNotEqualTo(OwnFactors.at("open", 5, false));
    }
}
