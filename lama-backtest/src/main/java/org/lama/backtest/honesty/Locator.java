package org.lama.backtest.honesty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.lama.backtest.honesty.Experiment.Difference;
import org.lama.backtest.honesty.Experiment.Moment;
import org.lama.backtest.honesty.Garbling.Cells;
import org.lama.backtest.honesty.Garbling.How;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/**
 * Finds the value that a decision used before it was known, by experiment alone: of all values not known at the decision it
 * garbles the shortest stretch from the past on that changes the decision, then of that stretch the last bar, one symbol,
 * one column; then it hands out garbled columns at some reads only, until one read is left, and takes the stack of that
 * read. Each question is up to four runs, which end at the decision; about 4 · (log₂ bars + 2 · log₂ (symbols · columns)
 * + 2 · log₂ reads) runs in all. Single-threaded.
 */
final class Locator {
    private final Experiment experiment;
    private final List<Frame> truth;
    private final Garbling garbling;
    private How how = How.SCALED;

    Locator(Experiment experiment, List<Frame> truth) {
        this.experiment = experiment;
        this.truth = truth;
        this.garbling = new Garbling(truth);
    }

    /** Where the future was seen that made a decision differ. */
    Leak locate(String check, Difference first) {
        Cells unknown = garbling.unknownAt(first.at());
        if (!changes(unknown)) {
            return withoutCell(check, first, unknown);
        }
        Cells cells = narrowed(unknown);
        List<Frame> garbled = garbling.apply(how, cells);
        Difference seen = experiment.differs(garbled, first.at()).orElse(first);
        return new Leak(
                check,
                Leak.Cause.VALUE,
                bar(seen),
                seen.what(),
                seen.symbol(),
                Optional.of(cell(cells, seen.at())),
                experiment.decidedIn(seen, garbled),
                experiment.readIn(garbled, first.at()).or(() -> read(cells)));
    }

    /** Other values in the same rows change nothing: it looks at where the data end, or at all of the future at once. */
    private Leak withoutCell(String check, Difference first, Cells unknown) {
        boolean length = experiment.differs(truncated(first.at()), first.at()).isPresent();
        return new Leak(
                check,
                length ? Leak.Cause.LENGTH : Leak.Cause.VALUE,
                bar(first),
                first.what(),
                first.symbol(),
                length ? Optional.empty() : Optional.of(cell(unknown, first.at())),
                experiment.decidedIn(first, truth),
                Optional.empty());
    }

    private List<Frame> truncated(Moment moment) {
        return truth.stream()
                .map(frame -> frame.slice(0, Math.max(0, frame.index().ceiling(moment.nanos()))))
                .toList();
    }

    /** The open of the bar at whose close a decision fell; the time itself for a fill. */
    private Instant bar(Difference difference) {
        long bar = truth.get(0).barNanos();
        Moment at = difference.at();
        return TimeIndex.instant(at.fill() ? at.nanos() : at.nanos() - bar);
    }

    private Cells narrowed(Cells unknown) {
        Cells cells = shortest(unknown);
        cells = symbols(cells);
        cells = columns(cells);
        Cells last = cells.within(cells.to(), cells.to());
        return changes(last) ? last : latestStart(cells);
    }

    /** The shortest stretch from the first unknown bar on that changes the decision. */
    private Cells shortest(Cells cells) {
        long[] times = garbling.times(cells);
        int low = -1;
        int high = times.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (changes(cells.within(times[0], times[middle]))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return cells.within(times[0], times[high]);
    }

    private Cells latestStart(Cells cells) {
        long[] times = garbling.times(cells);
        int low = 0;
        int high = times.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (changes(cells.within(times[middle], cells.to()))) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return cells.within(times[low], cells.to());
    }

    private Cells symbols(Cells cells) {
        List<String> all = List.copyOf(cells.symbols());
        return cells.ofSymbols(fewest(all, some -> changes(cells.ofSymbols(some))));
    }

    private Cells columns(Cells cells) {
        List<String> all = List.copyOf(cells.columns());
        return cells.ofColumns(fewest(all, some -> changes(cells.ofColumns(some))));
    }

    /** Halves a list for as long as a half suffices. */
    private static <T> List<T> fewest(List<T> all, Predicate<List<T>> suffices) {
        List<T> rest = all;
        while (rest.size() > 1) {
            List<T> front = rest.subList(0, rest.size() / 2);
            List<T> back = rest.subList(rest.size() / 2, rest.size());
            if (suffices.test(front)) {
                rest = front;
            } else if (suffices.test(back)) {
                rest = back;
            } else {
                return rest;
            }
        }
        return rest;
    }

    /** Whether garbling the cells in any way changes the decision; what worked last is tried first. */
    private boolean changes(Cells cells) {
        if (experiment.differs(garbling.apply(how, cells), cells.moment()).isPresent()) {
            return true;
        }
        for (How other : How.values()) {
            if (other != how
                    && experiment
                            .differs(garbling.apply(other, cells), cells.moment())
                            .isPresent()) {
                how = other;
                return true;
            }
        }
        return false;
    }

    /** How far ahead a value lies counts from the decision that it changed first. */
    private Leak.Cell cell(Cells cells, Moment moment) {
        long[] times = garbling.times(cells);
        long to = times[times.length - 1];
        long bar = truth.get(0).barNanos();
        long decision = moment.fill() ? moment.nanos() : moment.nanos() - bar;
        Frame frame = truth.stream()
                .filter(each ->
                        cells.symbols().contains(each.symbol()) && each.index().indexOf(to) >= 0)
                .findFirst()
                .orElse(truth.get(0));
        String column = cells.columns().iterator().next();
        boolean restated = to < moment.nanos();
        long known = frame.has(column)
                ? Garbling.knownAt(frame, column, frame.index().indexOf(to))
                : to + bar;
        return new Leak.Cell(
                String.join(", ", cells.columns()),
                cells.symbols().size() > 5 ? cells.symbols().size() + " symbols" : String.join(", ", cells.symbols()),
                TimeIndex.instant(times[0]),
                TimeIndex.instant(to),
                Math.floorDiv(to - decision, bar),
                TimeIndex.instant(known),
                restated);
    }

    /** The one read of the column that has to be garbled for the decision to change. */
    private Optional<CallSite> read(Cells cells) {
        Reads all = new Reads(cells, 0, 0);
        experiment.differs(all.listen(), cells.moment());
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < all.count; i++) {
            numbers.add(i);
        }
        List<Integer> left = fewest(numbers, some -> {
            Reads garbled = new Reads(cells, some.get(0), some.get(some.size() - 1) + 1);
            return experiment.differs(garbled.listen(), cells.moment()).isPresent();
        });
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Reads last = new Reads(cells, left.get(0), left.get(left.size() - 1) + 1);
        boolean changed = experiment.differs(last.listen(), cells.moment()).isPresent();
        return changed ? last.site : Optional.empty();
    }

    /** Counts the reads of columns that hold the cells, and garbles those in a range. */
    private final class Reads implements Frame.Tap {
        private final Cells cells;
        private final int from;
        private final int to;
        private int count;
        private Optional<CallSite> site = Optional.empty();

        Reads(Cells cells, int from, int to) {
            this.cells = cells;
            this.from = from;
            this.to = to;
        }

        List<Frame> listen() {
            return truth.stream().map(frame -> frame.tapped(this)).toList();
        }

        @Override
        public Series taken(String symbol, Series column) {
            if (!garbling.touches(cells, symbol, column)) {
                return column;
            }
            int number = count++;
            if (number < from || number >= to) {
                return column;
            }
            if (site.isEmpty()) {
                site = Optional.of(CallSite.here());
            }
            return garbling.apply(how, cells, symbol, column);
        }
    }
}
