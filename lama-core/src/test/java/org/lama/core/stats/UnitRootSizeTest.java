package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

/**
 * How often Phillips-Perron, DF-GLS and Engle-Granger reject a true null at 5 % on seeded random walks of 500 rows. The bounds
 * are 5 % and four standard errors of the share, plus half a point for what the response surfaces leave at this length.
 */
class UnitRootSizeTest {
    private static final int ROWS = 500;

    @Test
    void sizeOnAThousandWalks() {
        check(1000, 23);
    }

    @Test
    @Tag("slow")
    void sizeOnFortyThousandWalks() {
        check(40_000, 24);
    }

    private static void check(int walks, int seed) {
        int phillipsPerron = 0;
        int rho = 0;
        int line = 0;
        int gls = 0;
        int glsLine = 0;
        int granger = 0;
        for (int i = 0; i < walks; i++) {
            double[] y = Simulated.walk(Seeds.rng(seed, 2L * i), ROWS);
            double[] x = Simulated.walk(Seeds.rng(seed, 2L * i + 1), ROWS);
            phillipsPerron += one(PhillipsPerron.test(y, Trend.CONSTANT, PhillipsPerron.Statistic.TAU, 4));
            rho += one(PhillipsPerron.test(y, Trend.CONSTANT, PhillipsPerron.Statistic.RHO, 4));
            line += one(PhillipsPerron.test(y, Trend.CONSTANT_TREND, PhillipsPerron.Statistic.TAU, 4));
            gls += critical(DfGls.test(y, Trend.CONSTANT, Adf.LagRule.fixed(1)));
            glsLine += critical(DfGls.test(y, Trend.CONSTANT_TREND, Adf.LagRule.fixed(1)));
            granger += one(EngleGranger.test(y, x, Trend.CONSTANT, Adf.LagRule.fixed(1))
                    .test());
        }
        within("Phillips-Perron tau", phillipsPerron, walks);
        within("Phillips-Perron rho", rho, walks);
        within("Phillips-Perron line", line, walks);
        within("DF-GLS", gls, walks);
        within("DF-GLS line", glsLine, walks);
        within("Engle-Granger", granger, walks);
    }

    private static int one(TestResult result) {
        return result.rejects(0.05) ? 1 : 0;
    }

    /** The p-values of DF-GLS are asymptotic and too small below some thousand rows; the critical values are not. */
    private static int critical(TestResult result) {
        return result.statistic() < result.criticalValue(0.05) ? 1 : 0;
    }

    private static void within(String what, int rejected, int walks) {
        double margin = 4 * Math.sqrt(0.05 * 0.95 / walks) + 0.005;
        assertThat(rejected / (double) walks).as(what).isBetween(0.05 - margin, 0.05 + margin);
    }
}
