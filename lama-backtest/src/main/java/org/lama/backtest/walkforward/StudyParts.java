package org.lama.backtest.walkforward;

import java.util.List;

/**
 * What the stages before trading made.
 *
 * @param listings the lives of all assets, with the members' columns
 * @param grid their common times
 * @param fits all folds
 * @param fusion strengths and regimes
 * @param combiners names of the ways to combine that are traded; the one the study is judged by first
 * @param strengths [way][listing][row] in the same order
 */
record StudyParts(
        List<Listing> listings,
        TimeGrid grid,
        StudyFits fits,
        Fusion fusion,
        List<String> combiners,
        List<double[][]> strengths) {}
