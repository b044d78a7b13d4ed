package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.SlippageModel;
import org.lama.core.data.MarketData;

/**
 * The synthetic market's truths are found, and little else: the machinery has power and does not cry wolf. With flat
 * slippage: the planted edges were sized against it, and whether an edge survives the impact of a million of capital is
 * another question than whether it is found.
 */
class PlantedEdgesTest {
    private static final int PLANTED = 3;

    /** How many planted and how many other assets a study of one market finds. */
    private record Found(int planted, int others, int nulls) {}

    private static Found study(long seed, int assets) {
        MarketData market = Markets.synthetic(seed, assets, 1461);
        StudyResult result = WalkForwardStudy.run(market, settings(seed), Markets.tools());
        List<String> truths =
                market.planted().stream().map(MarketData.Planted::symbol).toList();
        assertThat(truths).hasSize(PLANTED);
        int planted = 0;
        int others = 0;
        for (StudyResult.AssetOutcome asset : result.assets()) {
            if (asset.found() && truths.contains(asset.symbol())) {
                planted++;
            } else if (asset.found()) {
                others++;
            }
        }
        return new Found(planted, others, result.assets().size() - PLANTED);
    }

    private static StudySettings settings(long seed) {
        return StudySettings.defaults().withSeed(seed).withSlippageModel(SlippageModel.FLAT);
    }

    private static void check(int seeds, int assets) {
        int[] planted = new int[seeds];
        int others = 0;
        int nulls = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Found found = study(seed, assets);
            planted[seed - 1] = found.planted();
            others += found.others();
            nulls += found.nulls();
        }
        Arrays.sort(planted);
        assertThat(planted[seeds / 2])
                .as("planted found per market: %s", Arrays.toString(planted))
                .isGreaterThanOrEqualTo(2);
        assertThat(others).as("others found of %d", nulls).isLessThanOrEqualTo((int) Math.ceil(0.05 * nulls));
    }

    @Test
    void fiveSmallMarketsShowTwoOfThreePlantedEdgesInTheMedian() {
        check(5, 6);
    }

    @Test
    @Tag("slow")
    void twentyMarketsShowTwoOfThreePlantedEdgesInTheMedianAndAtMostFivePercentFalseOnes() {
        check(20, 20);
    }
}
