package org.lama.backtest.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/** What of a run's data could not be used as it is, counted rather than thrown. */
final class DataIssues {
    /** Venues stamp funding some milliseconds to seconds late. */
    private static final long LATE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final int NAMED = 3;

    private DataIssues() {}

    /** Rows without a usable price: at an open nothing fills, at a close the mark stays and the bar is not tradable. */
    static List<Issue> rows(MarketTape tape) {
        List<Issue> issues = new ArrayList<>();
        for (int s = 0; s < tape.symbols.size(); s++) {
            rows(tape, s, tape.open[s], "nothing fills at these opens", issues);
            rows(tape, s, tape.close[s], "positions keep their last mark", issues);
        }
        return issues;
    }

    private static void rows(MarketTape tape, int s, Series price, String outcome, List<Issue> issues) {
        int unknown = 0;
        int notPositive = 0;
        int offScale = 0;
        for (int row = 0; row < price.size(); row++) {
            double value = price.get(row);
            if (!Double.isFinite(value)) {
                unknown++;
            } else if (value <= 0) {
                notPositive++;
            } else if (tape.ticks(price, s, row) < 0) {
                offScale++;
            }
        }
        String where = tape.symbols.get(s) + ", column " + price.name();
        String of = " of " + price.size() + " rows ";
        if (unknown > 0) {
            issues.add(new Issue(
                    Issue.Reason.NON_FINITE, where, unknown + of + are(unknown) + "NaN or infinite: " + outcome + "."));
        }
        if (notPositive > 0) {
            issues.add(new Issue(
                    Issue.Reason.NON_POSITIVE,
                    where,
                    notPositive + of + are(notPositive) + "zero or negative: " + outcome + "."));
        }
        if (offScale > 0) {
            issues.add(new Issue(
                    Issue.Reason.NON_POSITIVE,
                    where,
                    offScale + of + are(offScale) + "below half a tick or too large for ticks: " + outcome
                            + "; give a contract with other decimals."));
        }
    }

    /** What volumes that are unknown or 0 mean for the fills of a run. */
    static List<Issue> volumes(MarketTape tape, EngineSettings settings) {
        boolean capped = settings.execution().barParticipation() != Double.POSITIVE_INFINITY;
        boolean impact = settings.cost().dependsOnMarket();
        List<Issue> issues = new ArrayList<>();
        for (int s = 0; s < tape.symbols.size(); s++) {
            int unknown = 0;
            int nothing = 0;
            int rows = tape.close[s].size();
            for (int row = 0; row < rows; row++) {
                if (tape.closeTicks(s, row) > 0) {
                    double volume = tape.volume[s] == MarketTape.ABSENT ? Double.NaN : tape.volume[s].get(row);
                    unknown += volume >= 0 ? 0 : 1;
                    nothing += volume == 0 ? 1 : 0;
                }
            }
            String where = tape.symbols.get(s) + ", column volume";
            if (unknown > 0 && (capped || impact)) {
                String outcome = capped
                        ? "nothing fills in them, since the cap of participation needs a volume"
                        : "slippage there is without the impact of the order's size, a lower bound";
                issues.add(new Issue(
                        Issue.Reason.NO_VOLUME,
                        where,
                        unknown + " of " + rows + " rows have no volume: " + outcome + "."));
            }
            if (nothing > 0) {
                issues.add(new Issue(
                        Issue.Reason.ZERO_VOLUME,
                        where,
                        nothing + " of " + rows + " rows have the volume 0: nobody traded, so nothing fills in them"
                                + (impact ? ", nor after a day of them, where size has no price." : ".")));
            }
        }
        return issues;
    }

    private static String are(int count) {
        return count == 1 ? "is " : "are ";
    }

    /** Perpetuals without funding: their runs cost and earn less than they would. */
    static List<Issue> unfunded(Market market, MarketTape tape) {
        List<String> names = new ArrayList<>();
        for (int s = 0; s < tape.symbols.size(); s++) {
            if (tape.instruments.get(s).kind() == Kind.PERP && !market.isFunded(s)) {
                names.add(tape.symbols.get(s));
            }
        }
        if (names.isEmpty()) {
            return List.of();
        }
        String where = names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
        return List.of(new Issue(
                Issue.Reason.NOT_COVERED,
                where + ", funding",
                "a perpetual, but no funding rates were given: 0 is assumed. Give a column funding.rate, or files under"
                        + " funding in the configuration."));
    }

    /** Funding rows that do not lie on multiples of the contract's interval; they are paid all the same. */
    static List<Issue> funding(Market market, MarketTape tape) {
        List<Issue> issues = new ArrayList<>();
        for (Market.Stream stream : market.streams()) {
            if (stream.kind() == Market.Kind.FUNDING) {
                tape.contracts
                        .get(stream.instrument())
                        .fundingInterval()
                        .ifPresent(interval -> funding(stream, interval, issues));
            }
        }
        return issues;
    }

    private static void funding(Market.Stream stream, Duration interval, List<Issue> issues) {
        long nanos = interval.toNanos();
        int off = 0;
        int first = -1;
        for (int row = 0; row < stream.times().length; row++) {
            if (Math.floorMod(stream.times()[row] + LATE_NANOS, nanos) > 2 * LATE_NANOS) {
                off++;
                first = first < 0 ? row : first;
            }
        }
        if (off > 0) {
            issues.add(new Issue(
                    Issue.Reason.MIXED_SPACING,
                    stream.name() + ", funding",
                    off + " of " + stream.times().length + " rows, the first at "
                            + TimeIndex.instant(stream.times()[first])
                            + ", are no multiples of the contract's interval "
                            + interval + " in UTC: they are paid as they stand; check the interval."));
        }
    }
}
