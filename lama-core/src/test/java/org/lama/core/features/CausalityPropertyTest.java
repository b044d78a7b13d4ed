package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;

/** Removing or spoiling the future must not move a bit of the past, for every feature. */
class CausalityPropertyTest {
    private static final int ROWS = 1200;
    private static final int CUTS = 24;

    enum Attack {
        TRUNCATE,
        NAN,
        TIMES_1000,
        REVERSE;

        Frame apply(Frame frame, int cut) {
            if (this == TRUNCATE) {
                return frame.slice(0, cut);
            }
            Frame out = frame;
            for (String name : frame.columnNames()) {
                double[] values = frame.column(name).toArray();
                double[] old = values.clone();
                for (int t = cut; t < values.length; t++) {
                    values[t] = this == NAN
                            ? Double.NaN
                            : this == TIMES_1000 ? 1000 * old[t] : old[values.length - 1 - (t - cut)];
                }
                out = out.with(name, values);
            }
            return out;
        }
    }

    @ParameterizedTest
    @EnumSource
    void futureMovesNoBitOfThePast(Attack attack) {
        Frame bars = FeatureFramesTest.bars(ROWS, 11);
        Frame whole = features(bars);
        Rng rng = Seeds.rng(12, 0);
        for (int i = 0; i < CUTS; i++) {
            int cut = 1 + rng.nextInt(ROWS - 1);
            Frame attacked = features(attack.apply(bars, cut));
            assertThat(attacked.columnNames()).isEqualTo(whole.columnNames());
            for (String name : whole.columnNames()) {
                for (int t = 0; t < cut; t++) {
                    assertThat(Double.doubleToLongBits(attacked.column(name).get(t)))
                            .as("%s, row %d, cut %d", name, t, cut)
                            .isEqualTo(
                                    Double.doubleToLongBits(whole.column(name).get(t)));
                }
            }
        }
    }

    private static Frame features(Frame bars) {
        Frame out = BookFeatures.defaults().addTo(BarFeatures.defaults().addTo(bars));
        double[] rank = new double[bars.size()];
        double[] slippage = new double[bars.size()];
        RollingRank.rank(bars.column("volume").toArray(), new RollingWindow(300, 50), rank);
        ConstantProduct.slippage(bars.column("volume").toArray(), 1e4, slippage);
        return out.with("rank", rank).with("slippage", slippage);
    }
}
