package org.lama.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PurgedCrossValidationTest {
    @Test
    void sixGroupsTwoOfThemTestingGiveFifteenSplitsAndFivePaths() {
        PurgedCrossValidation plan = new PurgedCrossValidation(6, 2, 0);
        assertThat(plan.splitCount()).isEqualTo(15);
        assertThat(plan.pathCount()).isEqualTo(5);
        int[][] paths = plan.paths();
        // The table of López de Prado 2018, figure 12.1: path 1 takes splits 1, 1, 2, 3, 4, 5 for groups 1 to 6.
        assertThat(paths[0]).containsExactly(0, 0, 1, 2, 3, 4);
        assertThat(paths[4]).containsExactly(4, 8, 11, 13, 14, 14);
    }

    @Test
    void purgeTakesRowsOnBothSidesAndTheEmbargoOnlyLaterOnes() {
        List<PurgedSplit> splits = PurgedCrossValidation.kFold(4, 3).splits(40, 2);
        PurgedSplit second = splits.get(1);
        assertThat(second.groups()).containsExactly(1);
        assertThat(second.test()).containsExactly(new PurgedSplit.Range(10, 20));
        // Rows 8 and 9 have labels that end in the test rows; 20 and 21 lie in the labels of rows 18 and 19; then three more.
        assertThat(second.train()).containsExactly(new PurgedSplit.Range(0, 8), new PurgedSplit.Range(25, 40));
    }

    @Test
    void groupsDifferByOneRowAtMost() {
        PurgedCrossValidation plan = PurgedCrossValidation.kFold(3, 0);
        assertThat(plan.splits(11, 0).stream().map(split -> split.testRows().length))
                .containsExactly(4, 4, 3);
        assertThat(plan.groupStart(3, 11)).isEqualTo(11);
    }

    @Test
    void longLabelsMayLeaveNothingToFit() {
        PurgedSplit split = PurgedCrossValidation.kFold(2, 0).splits(6, 10).get(0);
        assertThat(split.train()).isEmpty();
        assertThat(split.trainRows()).isEmpty();
    }

    @Test
    void badPlansAndRowsAreRefusedByName() {
        assertThatThrownBy(() -> new PurgedCrossValidation(1, 1, 0)).hasMessageContaining("groups must be in [2, 64]");
        assertThatThrownBy(() -> new PurgedCrossValidation(4, 4, 0))
                .hasMessageContaining("testGroups must be in [1, 3]");
        assertThatThrownBy(() -> new PurgedCrossValidation(4, 1, -1)).hasMessageContaining("embargoRows must be >= 0");
        assertThatThrownBy(() -> new PurgedCrossValidation(40, 20, 0))
                .hasMessageContaining("at most 100000 splits, got C(40, 20) = 137846528820");
        PurgedCrossValidation plan = PurgedCrossValidation.kFold(3, 0);
        assertThatThrownBy(() -> plan.splits(2, 0)).hasMessageContaining("rows must be >= 3, got 2");
        assertThatThrownBy(() -> plan.splits(new long[] {1, 3, 2}, new long[] {1, 3, 2}))
                .hasMessageContaining("times must not decrease, but do at row 2");
        assertThatThrownBy(() -> plan.splits(new long[] {1, 2, 3}, new long[] {1, 1, 3}))
                .hasMessageContaining("labelEnds[1] must not lie before the row's time");
        assertThatThrownBy(() -> plan.splits(new long[] {1, 2, 3}, new long[] {1}))
                .hasMessageContaining("labelEnds must have 3 rows, got 1");
        assertThatThrownBy(() -> plan.assemble(1, new double[3][9])).hasMessageContaining("path must be in [0, 0]");
        assertThatThrownBy(() -> plan.assemble(0, new double[2][9]))
                .hasMessageContaining("bySplit must have one row per split, 3, got 2");
        assertThatThrownBy(() -> new PurgedSplit.Range(3, 3)).hasMessageContaining("0 <= from < to");
    }
}
