package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The strategies of one portfolio and their shares of its capital. Each trades an account of its own: it sees its own
 * cash, positions and equity, limits bind on each account, and all figures sum to the portfolio to the unit. Orders of
 * two strategies are not netted against each other. Immutable; the strategies themselves serve one run.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StrategyBook {
    private static final double ROUNDING = 1e-12;

    private final List<Entry> entries;

    private StrategyBook(List<Entry> entries) {
        double total = 0;
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            Check.that(
                    names.add(entry.name()), "strategy names must be unique, but '" + entry.name() + "' comes twice");
            total += entry.share();
        }
        Check.that(!entries.isEmpty(), "a strategy book must hold at least one strategy");
        Check.that(total <= 1 + ROUNDING, "shares must sum to at most 1, got " + total);
        this.entries = List.copyOf(entries);
    }

    /**
     * A strategy of the book.
     *
     * @param name tells it in results and errors, not blank
     * @param strategy decides
     * @param share of the capital at the start, above 0 and at most 1
     */
    public record Entry(String name, Strategy strategy, double share) {
        /**
         * Checks the parts.
         *
         * @param name tells it in results and errors, not blank
         * @param strategy decides
         * @param share of the capital at the start, above 0 and at most 1
         */
        public Entry {
            Check.notBlank(name, "name");
            Check.notNull(strategy, "strategy");
            Check.that(share > 0 && share <= 1, "share must be in (0, 1], got " + share);
        }
    }

    /**
     * One strategy with all the capital, named by its class.
     *
     * @param strategy decides
     * @return the book
     */
    public static StrategyBook of(Strategy strategy) {
        String name = Check.notNull(strategy, "strategy").getClass().getSimpleName();
        boolean anonymous = name.isEmpty() || strategy.getClass().isHidden();
        return new StrategyBook(List.of(new Entry(anonymous ? "strategy" : name, strategy, 1)));
    }

    /**
     * Several strategies.
     *
     * @param entries at least one; names are unique, shares sum to at most 1; what is not shared out stays in nobody's
     *     account and is no part of the result
     * @return the book
     */
    public static StrategyBook of(List<Entry> entries) {
        return new StrategyBook(new ArrayList<>(entries));
    }

    /**
     * Several strategies with equal shares of all the capital.
     *
     * @param names one per strategy
     * @param strategies as many
     * @return the book
     */
    public static StrategyBook equalShares(List<String> names, List<Strategy> strategies) {
        Check.that(
                names.size() == strategies.size(),
                "names and strategies must be as many, got " + names.size() + " and " + strategies.size());
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            entries.add(new Entry(names.get(i), strategies.get(i), 1.0 / names.size()));
        }
        return new StrategyBook(entries);
    }

    /**
     * The strategies in their order, which is the order in which they are called.
     *
     * @return at least one
     */
    public List<Entry> entries() {
        return entries;
    }
}
