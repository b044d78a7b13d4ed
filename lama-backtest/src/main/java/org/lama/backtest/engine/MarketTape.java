package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.Scale;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/**
 * The bars of a run as primitive columns: ticks per symbol, the union of all times and, per symbol, where its segments
 * begin. Everything at row r is a function of rows up to r, but for the scale, which the first price alone decides.
 */
final class MarketTape {
    static final Series ABSENT = Series.of("absent", TimeIndex.of(new long[0]), new double[0]);
    private static final double NANOS_PER_DAY = 86_400e9;
    private static final int[] UNCOUNTED = new int[0];
    private static final double[] UNKNOWN = new double[0];

    final List<String> symbols;
    final List<Contract> contracts;
    final List<Instrument> instruments;
    final Scale[] scales;
    /** Whether a position cannot be short. */
    final boolean[] spot;
    /** Whether profits come in the reporting currency. */
    final boolean[] settledInReporting;

    /** Currency of all figures of the run. */
    final String reporting;

    final long barNanos;
    /** Bar opens of the union grid. */
    final TimeIndex grid;

    /** Whether every symbol has a row at every time of the grid. */
    final boolean equalGrids;

    final TimeIndex[] rowTimes;
    final Series[] open;
    final Series[] high;
    final Series[] low;
    final Series[] close;
    final Series[] volume;
    private final Segments[] segments;
    /** Whether any symbol has more than one segment. */
    final boolean hasSegments;

    /** Running sums over the rows, made when they are first asked for: traded value, and how many rows had one. */
    private final double[][] tradedValue;

    private final int[][] tradedRows;
    private final int barsPerDay;
    /** Ticks of one unit of price. */
    private final double[] ticksPerUnit;

    private final List<Frame> frames;

    MarketTape(Market market, EngineSettings settings) {
        MarketData data = market.bars();
        frames = data.frames();
        int n = frames.size();
        symbols = data.symbols();
        barNanos = data.barNanos();
        barsPerDay = (int) Math.max(1, Math.round(NANOS_PER_DAY / barNanos));
        Check.that(
                settings.contracts().isEmpty() || settings.contracts().size() == n,
                "contracts must be empty or one per symbol (" + n + "), got "
                        + settings.contracts().size());
        scales = new Scale[n];
        rowTimes = new TimeIndex[n];
        ticksPerUnit = new double[n];
        spot = new boolean[n];
        settledInReporting = new boolean[n];
        open = new Series[n];
        high = new Series[n];
        low = new Series[n];
        close = new Series[n];
        volume = new Series[n];
        segments = new Segments[n];
        tradedValue = new double[n][];
        tradedRows = new int[n][];
        List<Contract> found = new ArrayList<>();
        for (int s = 0; s < n; s++) {
            found.add(read(s, market, settings));
        }
        contracts = List.copyOf(found);
        instruments = contracts.stream().map(Contract::instrument).toList();
        reporting = reporting(market, settings);
        for (int s = 0; s < n; s++) {
            spot[s] = contracts.get(s).instrument().kind() == Instrument.Kind.SPOT;
            settledInReporting[s] = contracts.get(s).settlement().equals(reporting);
        }
        grid = union(rowTimes);
        boolean equal = true;
        for (TimeIndex times : rowTimes) {
            equal &= times.size() == grid.size();
        }
        equalGrids = equal;
        hasSegments = Arrays.stream(segments).anyMatch(Segments::areSeveral);
    }

    /**
     * The currency of the settings, if the contracts settle in it or can be converted into it; else that of all contracts.
     */
    private String reporting(Market market, EngineSettings settings) {
        List<String> settlements =
                contracts.stream().map(Contract::settlement).distinct().toList();
        List<String> converted = market.conversions();
        if (settlements.size() == 1 && converted.isEmpty()) {
            return settlements.get(0);
        }
        for (String currency : settlements) {
            Check.that(
                    currency.equals(settings.currency()) || converted.contains(currency),
                    "cannot add " + currency + " to " + settings.currency() + ": convert at an explicit rate first");
        }
        return settings.currency();
    }

    /** The open of a row in ticks, -1 where there is no price. */
    long openTicks(int symbol, int row) {
        return ticks(open[symbol], symbol, row);
    }

    /** The high of a row in ticks, -1 where there is none. */
    long highTicks(int symbol, int row) {
        return high[symbol] == ABSENT ? -1 : ticks(high[symbol], symbol, row);
    }

    /** The low of a row in ticks, -1 where there is none. */
    long lowTicks(int symbol, int row) {
        return low[symbol] == ABSENT ? -1 : ticks(low[symbol], symbol, row);
    }

    /** The close of a row in ticks, -1 where there is no price. */
    long closeTicks(int symbol, int row) {
        return ticks(close[symbol], symbol, row);
    }

    /** The closes of a symbol, for who walks through them. */
    TickColumn closes(int symbol) {
        return new TickColumn(close[symbol], ticksPerUnit[symbol]);
    }

    /** The closes of consecutive rows in ticks up to the first row without a price; how many there are. */
    int closeTicks(int symbol, int from, int rows, long[] out) {
        Series price = close[symbol];
        double scale = ticksPerUnit[symbol];
        for (int i = 0; i < rows; i++) {
            long ticks = TickColumn.of(price.get(from + i), scale);
            if (ticks < 0) {
                return i;
            }
            out[i] = ticks;
        }
        return rows;
    }

    /** {@link Scale#ticksOrMissing}; made for each row that is looked at, since most are looked at once or never. */
    long ticks(Series price, int symbol, int row) {
        return TickColumn.of(price.get(row), ticksPerUnit[symbol]);
    }

    private Contract read(int s, Market market, EngineSettings settings) {
        Frame frame = frames.get(s);
        open[s] = frame.column(Columns.OPEN);
        close[s] = frame.column(Columns.CLOSE);
        high[s] = frame.has(Columns.HIGH) ? frame.column(Columns.HIGH) : ABSENT;
        low[s] = frame.has(Columns.LOW) ? frame.column(Columns.LOW) : ABSENT;
        volume[s] = frame.has(Columns.VOLUME) ? frame.column(Columns.VOLUME) : ABSENT;
        Contract contract = settings.contracts().isEmpty()
                ? InferredContracts.of(frame.symbol(), market.isFunded(s), settings, open[s], close[s])
                : settings.contracts().get(s);
        scales[s] = Scale.of(contract.instrument());
        boolean sameTimes = s > 0 && frame.index().equals(frames.get(0).index());
        rowTimes[s] = sameTimes ? rowTimes[0] : frame.index();
        ticksPerUnit[s] = FixedPoint.power(scales[s].priceDecimals());
        segments[s] = new Segments(frame, barNanos, market.redenominations(frame.symbol()));
        tradedValue[s] = UNKNOWN;
        tradedRows[s] = UNCOUNTED;
        return contract;
    }

    /** Rows of the symbol's present segment up to and with a row; row -1 gives an empty view. */
    Frame past(int symbol, int row) {
        if (row < 0) {
            return segments[symbol].part(0).head(0);
        }
        int from = segments[symbol].from(row);
        return segments[symbol].part(from).head(row + 1 - from);
    }

    /** The whole segment that begins at a row; its later rows must not be shown to anybody. */
    Frame segment(int symbol, int from) {
        return segments[symbol].part(from);
    }

    /** First row of the segment that a row belongs to. */
    int segmentFrom(int symbol, int row) {
        return segments[symbol].from(row);
    }

    /** Whether another instrument begins at a row, so that nothing is left of the one before. */
    boolean beginsAnother(int symbol, int row) {
        return segments[symbol].beginsAnother(row);
    }

    /** Where the data of a symbol come from. */
    Frame frame(int symbol) {
        return frames.get(symbol);
    }

    /** Whether it is known that nobody traded in a row. */
    boolean tradedNothing(int symbol, int row) {
        return row >= 0 && volume[symbol] != ABSENT && volume[symbol].get(row) == 0;
    }

    /** Traded value of the 24 hours up to the close of a row, NaN if no row of theirs has a volume. */
    double dayValue(int symbol, int row) {
        if (row < 0 || volume[symbol] == ABSENT) {
            return Double.NaN;
        }
        if (tradedValue[symbol].length == 0) {
            accumulate(symbol);
        }
        int before = row - barsPerDay;
        boolean whole = before < 0;
        if (tradedRows[symbol][row] == (whole ? 0 : tradedRows[symbol][before])) {
            return Double.NaN;
        }
        double value = tradedValue[symbol][row] - (whole ? 0 : tradedValue[symbol][before]);
        return barNanos > NANOS_PER_DAY ? value * (NANOS_PER_DAY / barNanos) : value;
    }

    private void accumulate(int symbol) {
        Series price = close[symbol];
        double[] sum = new double[price.size()];
        int[] rows = new int[sum.length];
        double total = 0;
        int count = 0;
        for (int i = 0; i < sum.length; i++) {
            double value = price.get(i) * volume[symbol].get(i);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                total += value;
                count++;
            }
            sum[i] = total;
            rows[i] = count;
        }
        tradedValue[symbol] = sum;
        tradedRows[symbol] = rows;
    }

    private static TimeIndex union(TimeIndex[] times) {
        int total = 0;
        boolean equal = true;
        for (int s = 0; s < times.length; s++) {
            total += times[s].size();
            equal &= s == 0 || times[s].equals(times[0]);
        }
        if (equal) {
            return times[0];
        }
        long[] all = new long[total];
        int at = 0;
        for (TimeIndex each : times) {
            System.arraycopy(each.copyRange(0, each.size()), 0, all, at, each.size());
            at += each.size();
        }
        Arrays.sort(all);
        int size = 0;
        for (int i = 0; i < total; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[size++] = all[i];
            }
        }
        return TimeIndex.of(Arrays.copyOf(all, size));
    }
}
