package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SobolSequenceTest {
    /** The example of Joe and Kuo, web.maths.unsw.edu.au/~fkuo/sobol: the first ten points in three dimensions. */
    private static final double[][] FIRST = {
        {0, 0, 0},
        {0.5, 0.5, 0.5},
        {0.75, 0.25, 0.25},
        {0.25, 0.75, 0.75},
        {0.375, 0.375, 0.625},
        {0.875, 0.875, 0.125},
        {0.625, 0.125, 0.875},
        {0.125, 0.625, 0.375},
        {0.1875, 0.3125, 0.9375},
        {0.6875, 0.8125, 0.4375}
    };

    @Test
    void thePlainSequenceIsThatOfItsAuthors() {
        double[] point = new double[3];
        for (int i = FIRST.length - 1; i >= 0; i--) {
            SobolSequence.plain(3).point(i, point);
            assertThat(point).containsExactly(FIRST[i]);
        }
    }

    @Test
    void everyScrambledDimensionHasOnePointPerInterval() {
        int dimensions = 100;
        SobolSequence sequence = SobolSequence.scrambled(dimensions, 42);
        boolean[][] seen = new boolean[dimensions][256];
        double[] point = new double[dimensions];
        for (int i = 0; i < 256; i++) {
            sequence.point(i, point);
            for (int d = 0; d < dimensions; d++) {
                assertThat(point[d]).isGreaterThan(0).isLessThan(1);
                seen[d][(int) (point[d] * 256)] = true;
            }
        }
        for (boolean[] dimension : seen) {
            assertThat(dimension).containsOnly(true);
        }
    }

    @Test
    void aSinglePointIsUniformOverSeeds() {
        double[] point = new double[2];
        double[] sums = new double[2];
        double product = 0;
        int seeds = 800;
        for (int seed = 0; seed < seeds; seed++) {
            SobolSequence.scrambled(2, seed).point(0, point);
            sums[0] += point[0];
            sums[1] += point[1];
            product += (point[0] - 0.5) * (point[1] - 0.5);
        }
        // Five standard errors of a mean of uniform numbers, and of a mean of products of two.
        double error = 5 / Math.sqrt(12.0 * seeds);
        assertThat(Math.abs(sums[0] / seeds - 0.5)).isLessThan(error);
        assertThat(Math.abs(sums[1] / seeds - 0.5)).isLessThan(error);
        assertThat(Math.abs(product / seeds)).isLessThan(5 / (12 * Math.sqrt(seeds)));
    }

    @Test
    void wrongSizesAreRefused() {
        assertThatThrownBy(() -> SobolSequence.plain(0)).hasMessage("dimensions must be in [1, 1000], got 0");
        assertThatThrownBy(() -> SobolSequence.scrambled(1001, 1)).hasMessageContaining("got 1001");
        assertThatThrownBy(() -> SobolSequence.scrambled(-1, 1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> SobolSequence.plain(2).point(-1, new double[2]))
                .hasMessageContaining("index");
        assertThatThrownBy(() -> SobolSequence.plain(2).point(0, new double[3]))
                .hasMessage("out must have 2 places, got 3");
    }
}
