package org.lama.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Laws over 200 random plans with labels of random lengths and gaps in time; a failing case names its seed. */
final class PurgedCrossValidationPropertyTest {
    private static final int CASES = 200;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(long seed, PurgedCrossValidation plan, long[] times, long[] ends) {
        static Case of(long seed) {
            Rng rng = Seeds.rng(4712, seed);
            int groups = 2 + rng.nextInt(8);
            int k = 1 + rng.nextInt(groups - 1);
            PurgedCrossValidation plan = new PurgedCrossValidation(groups, k, rng.nextInt(6));
            int rows = groups + rng.nextInt(120);
            long[] times = new long[rows];
            long[] ends = new long[rows];
            long t = rng.nextInt(100);
            for (int i = 0; i < rows; i++) {
                times[i] = t;
                ends[i] = t + rng.nextInt(30);
                t += rng.nextInt(10) == 0 ? rng.nextInt(40) : rng.nextInt(4);
            }
            return new Case(seed, plan, times, ends);
        }

        List<PurgedSplit> splits() {
            return plan.splits(times, ends);
        }
    }

    @Test
    void noTrainingLabelOverlapsATestBlock() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            for (PurgedSplit split : c.splits()) {
                for (int train : split.trainRows()) {
                    for (PurgedSplit.Range block : split.test()) {
                        long start = c.times[block.from()];
                        long end = IntStream.range(block.from(), block.to())
                                .mapToLong(i -> c.ends[i])
                                .max()
                                .orElseThrow();
                        boolean apart = c.ends[train] < start || c.times[train] > end;
                        assertThat(apart).as("seed %d, row %d", seed, train).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void theEmbargoIsRespectedAfterEveryBlockOfNeighbours() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            for (PurgedSplit split : c.splits()) {
                Set<Integer> train =
                        new HashSet<>(Arrays.stream(split.trainRows()).boxed().toList());
                for (int g = 0; g < split.groups().size(); g++) {
                    boolean last = g + 1 == split.groups().size()
                            || split.groups().get(g + 1) != split.groups().get(g) + 1;
                    if (last) {
                        embargoHolds(c, split, g, train);
                    }
                }
            }
        }
    }

    private static void embargoHolds(Case c, PurgedSplit split, int lastOfBlock, Set<Integer> train) {
        int first = lastOfBlock;
        while (first > 0 && split.groups().get(first - 1) == split.groups().get(first) - 1) {
            first--;
        }
        int from = split.test().get(first).from();
        int to = split.test().get(lastOfBlock).to();
        long end = IntStream.range(from, to).mapToLong(i -> c.ends[i]).max().orElseThrow();
        int row = to;
        while (row < c.times.length && c.times[row] <= end) {
            row++;
        }
        for (int i = 0; i < c.plan.embargoRows() && row + i < c.times.length; i++) {
            assertThat(train).as("seed %d, row %d", c.seed, row + i).doesNotContain(row + i);
        }
    }

    @Test
    void nothingMoreThanNeededIsLeftOut() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            PurgedCrossValidation free = new PurgedCrossValidation(c.plan.groups(), c.plan.testGroups(), 0);
            long[] none = c.times.clone();
            long[] strict = new long[none.length];
            Arrays.setAll(strict, i -> i);
            for (PurgedSplit split : free.splits(strict, strict)) {
                assertThat(split.trainRows().length + split.testRows().length)
                        .as("seed %d", seed)
                        .isEqualTo(none.length);
            }
        }
    }

    @Test
    void everyRowIsTestedExactlyPhiTimes() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            int[] tested = new int[c.times.length];
            List<PurgedSplit> splits = c.splits();
            splits.forEach(split -> Arrays.stream(split.testRows()).forEach(row -> tested[row]++));
            assertThat(splits).hasSize(c.plan.splitCount());
            assertThat(tested).as("seed %d", seed).containsOnly(c.plan.pathCount());
        }
    }

    @Test
    void everyPathCoversAllRowsOnceWithModelsThatDidNotSeeThem() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            List<PurgedSplit> splits = c.splits();
            double[][] bySplit = new double[splits.size()][c.times.length];
            for (int s = 0; s < splits.size(); s++) {
                Arrays.fill(bySplit[s], Double.NaN);
                for (int row : splits.get(s).testRows()) {
                    bySplit[s][row] = s;
                }
            }
            List<Set<Integer>> seenByRow = new ArrayList<>();
            for (int row = 0; row < c.times.length; row++) {
                seenByRow.add(new HashSet<>());
            }
            for (int path = 0; path < c.plan.pathCount(); path++) {
                double[] values = c.plan.assemble(path, bySplit);
                for (int row = 0; row < values.length; row++) {
                    assertThat(values[row]).as("seed %d", seed).isNotNaN();
                    // No (split, row) prediction serves two paths.
                    assertThat(seenByRow.get(row).add((int) values[row]))
                            .as("seed %d, row %d", seed, row)
                            .isTrue();
                }
            }
        }
    }
}
