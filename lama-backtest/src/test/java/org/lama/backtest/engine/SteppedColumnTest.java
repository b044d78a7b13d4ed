package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteppedColumnTest {
    @Test
    void valuesHoldUntilTheNextChange() {
        SteppedColumn column = new SteppedColumn();
        assertThat(column.toArray(2)).containsExactly(0, 0);
        column.set(1, 5);
        column.set(2, 5);
        column.set(3, 0);
        assertThat(column.toArray(5)).containsExactly(0, 5, 5, 0, 0);
    }

    @Test
    void aChangeInEveryBarIsKept() {
        SteppedColumn column = new SteppedColumn();
        long[] expected = new long[1000];
        for (int bar = 0; bar < expected.length; bar++) {
            expected[bar] = bar * 7L - 3;
            column.set(bar, expected[bar]);
        }
        assertThat(column.toArray(expected.length)).containsExactly(expected);
    }
}
