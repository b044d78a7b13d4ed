package org.lama.backtest.analytics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;

/**
 * The drawdowns of a run one by one: from the last peak over the trough to the row that reaches the peak again. The
 * starting capital counts as a peak, which then stands at the first row. Returns must be finite. Immutable and thread-safe.
 * O(n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class DrawdownTable implements Tabular {
    private final List<Episode> episodes;
    private final double averageDepth;

    private DrawdownTable(List<Episode> episodes) {
        this.episodes = List.copyOf(episodes);
        averageDepth = episodes.stream().mapToDouble(Episode::depth).average().orElse(Double.NaN);
    }

    /**
     * One drawdown.
     *
     * @param startNanos the row of the peak, UTC epoch nanoseconds
     * @param troughNanos the row of the lowest equity
     * @param endNanos the row that reached the peak again, or the last row if none did
     * @param depth equity at the trough / peak - 1; fraction below 0
     * @param fallBars rows below the peak up to the trough, which counts
     * @param lengthBars rows below the peak in all
     * @param recovered false if the drawdown lasts to the end
     */
    public record Episode(
            long startNanos,
            long troughNanos,
            long endNanos,
            double depth,
            int fallBars,
            int lengthBars,
            boolean recovered) {}

    /**
     * The drawdowns of a series of returns.
     *
     * @param tsNanos when each return was known, strictly increasing UTC epoch nanoseconds
     * @param returns fractions per row, finite, as many as times
     * @return the table, in the order of time
     */
    public static DrawdownTable of(long[] tsNanos, double[] returns) {
        Check.that(
                tsNanos.length == returns.length,
                "tsNanos must have as many rows as returns=" + returns.length + ", got " + tsNanos.length);
        double[] depth = Drawdown.of(returns).values();
        List<Episode> found = new ArrayList<>();
        int t = 0;
        while (t < depth.length) {
            if (depth[t] < 0) {
                int from = t;
                int trough = t;
                while (t < depth.length && depth[t] < 0) {
                    trough = depth[t] < depth[trough] ? t : trough;
                    t++;
                }
                found.add(episode(tsNanos, depth, new int[] {from, trough, t}));
            } else {
                t++;
            }
        }
        return new DrawdownTable(found);
    }

    private static Episode episode(long[] tsNanos, double[] depth, int[] rows) {
        int from = rows[0];
        int trough = rows[1];
        int end = rows[2];
        boolean recovered = end < depth.length;
        return new Episode(
                tsNanos[Math.max(0, from - 1)],
                tsNanos[trough],
                tsNanos[recovered ? end : end - 1],
                depth[trough],
                trough - from + 1,
                end - from,
                recovered);
    }

    /**
     * All drawdowns.
     *
     * @return in the order of time
     */
    public List<Episode> episodes() {
        return episodes;
    }

    /**
     * The deepest drawdowns.
     *
     * @param most how many at most, at least 1
     * @return the deepest first; of equal ones the earlier first
     */
    public DrawdownTable worst(int most) {
        Check.atLeast(most, 1, "most");
        return new DrawdownTable(episodes.stream()
                .sorted(Comparator.comparingDouble(Episode::depth))
                .limit(most)
                .toList());
    }

    /**
     * Mean depth of all drawdowns.
     *
     * @return a fraction below 0, NaN without a drawdown
     */
    public double averageDepth() {
        return averageDepth;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("start", times(Episode::startNanos)),
                new Column("trough", times(Episode::troughNanos)),
                new Column("end", times(Episode::endNanos)),
                new Column("depth", episodes.stream().map(Episode::depth).toList()),
                new Column("fallBars", episodes.stream().map(e -> (long) e.fallBars()).toList()),
                new Column(
                        "recoveryBars",
                        episodes.stream()
                                .map(e -> (long) e.lengthBars() - e.fallBars())
                                .toList()),
                new Column("lengthBars", episodes.stream().map(e -> (long) e.lengthBars()).toList()),
                new Column("recovered", episodes.stream().map(Episode::recovered).toList()));
    }

    private List<Instant> times(java.util.function.ToLongFunction<Episode> reader) {
        return episodes.stream()
                .map(e -> TimeIndex.instant(reader.applyAsLong(e)))
                .toList();
    }
}
