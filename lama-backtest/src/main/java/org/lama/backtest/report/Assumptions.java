package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.execution.OrderSizing;
import org.lama.core.features.TradingConditions;
import org.lama.core.market.Instrument.Kind;

/** What a run assumes about trading, in sentences that a reader can doubt one by one. */
final class Assumptions {
    private Assumptions() {}

    static List<String> of(EngineSettings settings) {
        List<String> words = new ArrayList<>();
        words.add("Execution: " + settings.execution().describe() + ".");
        words.add("Costs: " + settings.cost().describe() + ".");
        if (settings.cost().dependsOnMarket()) {
            words.add(
                    "A volatility of a day that is not known yet counts as "
                            + Numbers.percent(TradingConditions.PRIOR_VOLATILITY_DAY, 0)
                            + ", a spread that is not known yet (30 days) as none; a volume that is not known leaves out the impact.");
        }
        words.add(
                settings.kind() == Kind.SPOT
                                && settings.contracts().stream()
                                        .allMatch(each -> each.instrument().kind() == Kind.SPOT)
                        ? "Spot: nothing is sold short and cash never goes below 0."
                        : (settings.kind() == Kind.SPOT
                                        ? "Spot and contracts, these long and short"
                                        : "Perpetual contracts, long and short")
                                + "; margin mode " + word(settings.marginMode())
                                + ", leverage " + Numbers.significant(settings.leverage(), 3) + ".");
        words.add(
                settings.orderSizing() == OrderSizing.AT_DECISION
                        ? "Target weights become quantities at the prices of the decision, so a fill can miss its weight."
                        : "Target weights become quantities at the price of the fill.");
        words.add("Limits bind last: gross exposure "
                + limit(settings.limits().maxGross()) + ", one asset "
                + limit(settings.limits().maxWeight()) + ", "
                + (Double.isInfinite(settings.limits().maxParticipation())
                        ? "no cap by traded volume."
                        : Numbers.percent(settings.limits().maxParticipation(), 1) + " of the last 24 hours' volume."));
        words.add("A held asset that is silent for " + settings.delistingAfter().toDays()
                + " days is closed out at " + Numbers.percent(1 - settings.delistingHaircut(), 0)
                + " of its last price.");
        return List.copyOf(words);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String limit(double value) {
        return Double.isInfinite(value) ? "without limit" : Numbers.significant(value, 3) + "× equity";
    }
}
