package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class BinsTest {
    @Test
    void gainsAndLossesNeverShareABin() {
        Rng random = Seeds.rng(4, 1);
        for (int run = 0; run < 300; run++) {
            double scale = Math.pow(10, random.nextDouble() * 8 - 5);
            double[] values = new double[20 + random.nextInt(400)];
            int losses = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = (random.nextDouble() + random.nextDouble() - 0.8) * scale;
            }
            values[0] = -1e-12 * scale;
            values[1] = 0;
            for (double value : values) {
                losses += value < 0 ? 1 : 0;
            }
            Arrays.sort(values);
            Bins bins = Bins.of(values);
            double edge = Math.rint(-bins.start() / bins.width());
            assertThat(bins.start() + edge * bins.width()).isBetween(-1e-9 * scale, 1e-9 * scale);
            double below = 0;
            for (int bin = 0; bin < edge; bin++) {
                below += bins.density()[bin] * bins.width() * values.length;
            }
            assertThat(Math.rint(below)).isEqualTo(losses);
            assertThat(Arrays.stream(bins.density()).sum() * bins.width()).isBetween(1 - 1e-9, 1 + 1e-9);
        }
    }

    @Test
    void equalValuesHaveABin() {
        assertThat(Bins.of(new double[] {0, 0, 0}).density()).hasSize(1);
        assertThat(Bins.of(new double[] {-2, -2}).density()).isNotEmpty();
    }
}
