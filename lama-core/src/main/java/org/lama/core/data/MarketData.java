package org.lama.core.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.Series;

/**
 * The bars of a universe, cleaned by a policy, with a quality report for each symbol. All frames have the same bar
 * length. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MarketData {
    private final Map<String, Frame> frames;
    private final List<QualityReport> quality;
    private final List<Planted> planted;
    private final List<PlantedAnomaly> plantedAnomalies;

    /**
     * A truth that was built into generated data, so that a study can be judged.
     *
     * @param symbol the symbol with the edge
     * @param annualSharpe the Sharpe ratio a year that perfect knowledge of the edge earns before costs
     * @param description what was planted, in one sentence
     */
    public record Planted(String symbol, double annualSharpe, String description) {}

    /**
     * An anomaly that was built into the book of generated data, so that a detector can be judged.
     *
     * @param symbol the symbol
     * @param closeNanos close of the bar whose snapshot shows it, UTC epoch nanoseconds
     * @param kind what it looks like, in capitals
     * @param nextMove what it adds to the log return of the next bar, in volatilities of that bar; 0 where nothing follows
     */
    public record PlantedAnomaly(String symbol, long closeNanos, String kind, double nextMove) {}

    /**
     * Gathers the parts, which are copied.
     *
     * @param frames at least one frame; symbols are unique and bar lengths equal
     * @param quality one report per symbol
     * @param planted built-in truths; empty for real data
     */
    public MarketData(List<Frame> frames, List<QualityReport> quality, List<Planted> planted) {
        this(frames, quality, planted, List.of());
    }

    /**
     * Gathers the parts, which are copied, of generated data with books.
     *
     * @param frames at least one frame; symbols are unique and bar lengths equal
     * @param quality one report per symbol
     * @param planted built-in truths; empty for real data
     * @param plantedAnomalies built-in anomalies; empty for real data
     */
    public MarketData(
            List<Frame> frames,
            List<QualityReport> quality,
            List<Planted> planted,
            List<PlantedAnomaly> plantedAnomalies) {
        Check.that(!frames.isEmpty(), "market data must hold at least one symbol");
        this.frames = new LinkedHashMap<>();
        for (Frame frame : frames) {
            Check.that(
                    frame.barNanos() == frames.get(0).barNanos(),
                    "all symbols must have the same bar length, but " + frame.symbol() + " differs from "
                            + frames.get(0).symbol());
            Check.that(this.frames.put(frame.symbol(), frame) == null, "symbol " + frame.symbol() + " appears twice");
        }
        this.quality = List.copyOf(quality);
        this.planted = List.copyOf(planted);
        this.plantedAnomalies = List.copyOf(plantedAnomalies);
    }

    /**
     * The symbols in their given order.
     *
     * @return at least one
     */
    public List<String> symbols() {
        return List.copyOf(frames.keySet());
    }

    /**
     * The bars of one symbol: columns of {@link org.lama.core.market.Columns}; rows of a gap are NaN.
     *
     * @param symbol one of {@link #symbols()}
     * @return the frame
     * @throws IllegalArgumentException if the symbol is unknown, naming the nearest that exists
     */
    public Frame frame(String symbol) {
        Frame frame = frames.get(symbol);
        if (frame == null) {
            throw new IllegalArgumentException("symbol '" + symbol + "' is not in the data; nearest of " + frames.size()
                    + " is " + Suggestion.nearest(symbol, frames.keySet()));
        }
        return frame;
    }

    /**
     * All frames in the order of {@link #symbols()}.
     *
     * @return the frames
     */
    public List<Frame> frames() {
        return List.copyOf(frames.values());
    }

    /**
     * The symbols of which no volume is known at any time: loading gives bars from a file without that column an empty one.
     * Nothing can be said about the size that their markets bear. O(rows) for them, else O(1) as a rule.
     *
     * @return in their given order; empty if each has some
     */
    public List<String> withoutVolume() {
        return frames.values().stream()
                .filter(frame -> !frame.has(Columns.VOLUME) || isUnknown(frame.column(Columns.VOLUME)))
                .map(Frame::symbol)
                .toList();
    }

    private static boolean isUnknown(Series volume) {
        for (int row = 0; row < volume.size(); row++) {
            if (volume.get(row) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * One quality report per symbol.
     *
     * @return the reports
     */
    public List<QualityReport> quality() {
        return quality;
    }

    /**
     * Built-in truths of generated data.
     *
     * @return empty for real data
     */
    public List<Planted> planted() {
        return planted;
    }

    /**
     * Anomalies built into the books of generated data.
     *
     * @return by symbol and time; empty for real data and for generated data without such books
     */
    public List<PlantedAnomaly> plantedAnomalies() {
        return plantedAnomalies;
    }

    /**
     * Length of one bar.
     *
     * @return nanoseconds
     */
    public long barNanos() {
        return frames.values().iterator().next().barNanos();
    }
}
