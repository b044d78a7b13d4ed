package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.risk.DrawdownLimits;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.store.Node;

/**
 * What a strategy is measured against: its underlyings (or what was asked for), bought once in equal parts at the same
 * costs and held. Without leverage, without limits and on credit, so that nothing is ever liquidated.
 */
final class HeldBenchmark {
    private static final String NAME = "buy-and-hold";
    private static final int NAMED = 3;

    private final List<String> symbols;
    private final boolean all;

    private HeldBenchmark(List<String> symbols, boolean all) {
        this.symbols = symbols;
        this.all = all;
    }

    /** One symbol, or a list of them. */
    static List<String> read(Node node) {
        List<String> names = node.kind() == Node.Kind.ARRAY
                ? node.items().stream().map(Node::asText).toList()
                : List.of(node.asText().split("\\s*,\\s*"));
        Check.that(
                !names.isEmpty() && names.stream().noneMatch(String::isBlank),
                "benchmark must name at least one symbol, got " + names);
        return names;
    }

    /** Those that were asked for, else the underlyings of the contracts; all symbols where these are not known. */
    static HeldBenchmark of(Optional<List<String>> asked, List<Contract> contracts, List<String> symbols) {
        for (String name : asked.orElse(List.of())) {
            Check.that(
                    symbols.contains(name),
                    "benchmark: the data have no symbol '" + name + "' but " + symbols
                            + Suggestion.alike(name, symbols));
        }
        List<String> held = asked.orElseGet(() -> underlyings(contracts, symbols));
        return held.isEmpty() || held.size() == symbols.size()
                ? new HeldBenchmark(symbols, true)
                : new HeldBenchmark(List.copyOf(held), false);
    }

    /** One per base asset: spot where there is one, since a perpetual pays funding; no options. */
    private static List<String> underlyings(List<Contract> contracts, List<String> symbols) {
        Map<String, Integer> chosen = new LinkedHashMap<>();
        for (int s = 0; s < contracts.size(); s++) {
            Contract contract = contracts.get(s);
            if (contract.option().isEmpty()) {
                chosen.merge(
                        contract.instrument().base(),
                        s,
                        (first, later) -> isSpot(contracts.get(first)) || !isSpot(contract) ? first : later);
            }
        }
        return new ArrayList<>(
                chosen.values().stream().sorted().map(symbols::get).toList());
    }

    private static boolean isSpot(Contract contract) {
        return contract.instrument().kind() == Kind.SPOT;
    }

    /** In the order of the data. */
    List<String> symbols() {
        return symbols;
    }

    /** As reports call it. */
    String label() {
        return "buy and hold"
                + (all
                        ? ""
                        : " of "
                                + (symbols.size() <= NAMED ? String.join(", ", symbols) : symbols.size() + " symbols"));
    }

    StrategyBook book() {
        return StrategyBook.of(List.of(new StrategyBook.Entry(NAME, Strategies.holding(symbols), 1)));
    }

    static EngineSettings settings(EngineSettings settings) {
        return settings.toBuilder()
                .drawdown(DrawdownLimits.NONE)
                .limits(new RiskLimits(1, 1, Double.POSITIVE_INFINITY))
                .leverage(1)
                .marginMode(MarginMode.CREDIT)
                .build();
    }
}
