package org.lama.backtest.strategies;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * The built-in strategies by name. They are examples to read and to compare with, not advice.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Strategies {
    private static final List<Blueprint> ALL = List.of(
            Blueprint.builtIn(
                    "buy-and-hold",
                    "buys every symbol in equal parts at its first bar and keeps it",
                    BuyAndHold.class,
                    p -> new BuyAndHold()),
            Blueprint.builtIn(
                    "sma-cross",
                    "long while the fast moving average stands above the slow one, else flat",
                    SmaCross.class,
                    SmaCross::new),
            Blueprint.builtIn(
                    "donchian",
                    "enters at a new high of the last `enter` bars, leaves at a new low of the last `exit` bars",
                    Donchian.class,
                    Donchian::new),
            Blueprint.builtIn(
                    "rsi-reversion",
                    "buys when the relative strength index falls below `low`, sells when it rises above `high`",
                    RsiReversion.class,
                    RsiReversion::new),
            Blueprint.builtIn(
                    "momentum-rotation",
                    "holds the `top` symbols with the largest return over `look` bars, chosen anew at intervals",
                    MomentumRotation.class,
                    MomentumRotation::new),
            Blueprint.builtIn(
                            "pairs",
                            "trades the spread of two symbols back to its mean, with a rolling hedge ratio (needs shorts: perp)",
                            Pairs.class,
                            Pairs::new)
                    .sellingShort(),
            Blueprint.builtIn(
                            "funding-carry",
                            "holds spot long and its perpetual short while funding pays for all four fills",
                            FundingCarry.class,
                            FundingCarry::new)
                    .sellingShort());

    private static final List<Blueprint> MAKERS = List.of(
            Blueprint.builtIn(
                    "avellaneda-stoikov",
                    "quotes both sides around a price that leans against the inventory, as wide as risk and fills ask for",
                    AvellanedaStoikov.class,
                    AvellanedaStoikov::new),
            Blueprint.builtIn(
                    "touch-quoter",
                    "quotes a fixed quantity at the best bid and the best ask, anew at each step",
                    TouchQuoter.class,
                    TouchQuoter::new));

    private Strategies() {}

    /**
     * All built-in strategies.
     *
     * @return in the order in which help shows them
     */
    public static List<Blueprint> all() {
        return ALL;
    }

    /**
     * Their names.
     *
     * @return in the same order
     */
    public static List<String> names() {
        return names(ALL);
    }

    private static List<String> names(List<Blueprint> some) {
        return some.stream().map(Blueprint::name).toList();
    }

    /**
     * The built-in market makers, which need order books and trade nothing on bars.
     *
     * @return in the order in which help shows them
     */
    public static List<Blueprint> makers() {
        return MAKERS;
    }

    /**
     * A built-in market maker.
     *
     * @param name its name
     * @return the maker's blueprint
     * @throws IllegalArgumentException if there is none, naming the nearest
     */
    public static Blueprint maker(String name) {
        return of(MAKERS, name)
                .orElseThrow(() -> new IllegalArgumentException("no market maker is called '" + name + "'; there are "
                        + names(MAKERS)
                        + (of(ALL, name).isPresent() ? "; " + name + " trades bars: see 'lama backtest'" : "")
                        + Suggestion.alike(name, names(MAKERS))));
    }

    private static Optional<Blueprint> of(List<Blueprint> some, String name) {
        return some.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * A built-in strategy.
     *
     * @param name its name
     * @return the strategy's blueprint
     * @throws IllegalArgumentException if there is none, naming the nearest
     */
    public static Blueprint named(String name) {
        return of(ALL, name)
                .orElseThrow(() -> new IllegalArgumentException("no strategy is called '" + name + "'; there are "
                        + names() + " (a class is named with its package, a source file ends in .java)"
                        + (of(MAKERS, name).isPresent() ? "; " + name + " needs books: see 'lama book replay'" : "")
                        + Suggestion.alike(name, names())));
    }

    /**
     * Buy and hold of some symbols: an equal part of the equity in each, bought once, at the first bar at which it can be
     * traded.
     *
     * @param symbols at least one; those that the data do not have are not bought
     * @return a new strategy, for one run
     */
    public static Strategy holding(Collection<String> symbols) {
        Check.that(!symbols.isEmpty(), "symbols must not be empty");
        return new BuyAndHold(Set.copyOf(symbols));
    }
}
