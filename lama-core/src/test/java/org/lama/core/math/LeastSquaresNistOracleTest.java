package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** NIST Statistical Reference Datasets, linear regression (www.itl.nist.gov/div898/strd), certified to 15 digits. */
class LeastSquaresNistOracleTest {
    private static final double[][] LONGLEY = {
        {83.0, 234289, 2356, 1590, 107608, 1947},
        {88.5, 259426, 2325, 1456, 108632, 1948},
        {88.2, 258054, 3682, 1616, 109773, 1949},
        {89.5, 284599, 3351, 1650, 110929, 1950},
        {96.2, 328975, 2099, 3099, 112075, 1951},
        {98.1, 346999, 1932, 3594, 113270, 1952},
        {99.0, 365385, 1870, 3547, 115094, 1953},
        {100.0, 363112, 3578, 3350, 116219, 1954},
        {101.2, 397469, 2904, 3048, 117388, 1955},
        {104.6, 419180, 2822, 2857, 118734, 1956},
        {108.4, 442769, 2936, 2798, 120445, 1957},
        {110.8, 444546, 4681, 2637, 121950, 1958},
        {112.6, 482704, 3813, 2552, 123366, 1959},
        {114.2, 502601, 3931, 2514, 125368, 1960},
        {115.7, 518173, 4806, 2572, 127852, 1961},
        {116.9, 554894, 4007, 2827, 130081, 1962},
    };
    private static final double[] EMPLOYED = {
        60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551
    };

    @Test
    void longley() {
        double[][] columns = new double[7][16];
        for (int t = 0; t < 16; t++) {
            columns[0][t] = 1;
            for (int j = 0; j < 6; j++) {
                columns[j + 1][t] = LONGLEY[t][j];
            }
        }
        double[] coefficients = {
            -3482258.63459582,
            15.0618722713733,
            -0.0358191792925910,
            -2.02022980381683,
            -1.03322686717359,
            -0.0511041056535807,
            1829.15146461355
        };
        double[] errors = {
            890420.383607373,
            84.9149257747669,
            0.0334910077722432,
            0.488399681651699,
            0.214274163161675,
            0.226073200069370,
            455.478499142212
        };
        LeastSquares fit = LeastSquares.fit(columns, EMPLOYED);
        for (int j = 0; j < 7; j++) {
            // Condition 5e4 after scaling (5e9 before): 16 digits less 5.
            assertThat(fit.coefficient(j)).isCloseTo(coefficients[j], within(1e-10 * Math.abs(coefficients[j])));
            assertThat(fit.standardError(j)).isCloseTo(errors[j], within(1e-10 * errors[j]));
        }
        assertThat(fit.residualSumOfSquares()).isCloseTo(836424.055505915, within(1e-10 * 836424));
    }

    @Test
    void wamplerOne() {
        double[][] columns = new double[6][21];
        double[] y = new double[21];
        for (int x = 0; x < 21; x++) {
            double power = 1;
            for (int j = 0; j < 6; j++) {
                columns[j][x] = power;
                y[x] += power;
                power *= x;
            }
        }
        LeastSquares fit = LeastSquares.fit(columns, y);
        for (int j = 0; j < 6; j++) {
            // All coefficients are 1; the columns are powers up to 20^5, condition 1e4 after scaling.
            assertThat(fit.coefficient(j)).isCloseTo(1, within(1e-8));
        }
    }
}
