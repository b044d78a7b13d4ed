package org.lama.backtest.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.backtest.analytics.BenjaminiHochberg;
import org.lama.backtest.analytics.BootstrapResult;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * In which assets a study found its edge: per asset the one-sided stationary-bootstrap p-value of the null hypothesis that
 * the mean net return is at most 0, all of them together under Benjamini and Hochberg at the rule's rate. Many assets are
 * many chances, so an asset with a p-value just below 5 % is usually not found. An asset without a p-value is not found.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class AssetFindings implements Tabular {
    private final List<String> assets;
    private final List<BootstrapResult> results;
    private final BenjaminiHochberg tests;

    private AssetFindings(List<String> assets, List<BootstrapResult> results, BenjaminiHochberg tests) {
        this.assets = assets;
        this.results = results;
        this.tests = tests;
    }

    /**
     * Judges the assets of a study.
     *
     * @param assets their names
     * @param results the bootstrap of the net returns of each, in the same order
     * @param rule gives the false discovery rate
     * @return the list
     */
    public static AssetFindings of(List<String> assets, List<BootstrapResult> results, VerdictRule rule) {
        Check.that(
                assets.size() == results.size(),
                "results must have as many rows as assets=" + assets.size() + ", got " + results.size());
        double[] pValues = results.stream().mapToDouble(BootstrapResult::pValue).toArray();
        return new AssetFindings(
                List.copyOf(assets), List.copyOf(results), BenjaminiHochberg.of(pValues, rule.falseDiscoveryRate()));
    }

    /**
     * Whether the edge was found in an asset.
     *
     * @param index number of the asset
     * @return true if its adjusted p-value is at most the rate
     */
    public boolean isFound(int index) {
        return tests.isRejected(index);
    }

    /**
     * The assets in which the edge was found.
     *
     * @return their names in the order given
     */
    public List<String> found() {
        return IntStream.range(0, assets.size())
                .filter(this::isFound)
                .mapToObj(assets::get)
                .toList();
    }

    @Override
    public List<Column> columns() {
        int[] rows = IntStream.range(0, assets.size()).toArray();
        return List.of(
                new Column("asset", assets),
                new Column(
                        "sharpePerPeriod",
                        results.stream()
                                .map(r -> r.sharpePerPeriod().estimate())
                                .toList()),
                new Column(
                        "pValue", results.stream().map(BootstrapResult::pValue).toList()),
                new Column(
                        "adjusted",
                        Arrays.stream(rows).mapToObj(tests::adjusted).toList()),
                new Column(
                        "verdict",
                        Arrays.stream(rows)
                                .mapToObj(i -> isFound(i) ? "found" : "not found")
                                .toList()));
    }
}
