package org.lama.backtest.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.order.Scale;
import org.lama.core.data.MarketData;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.TradingRules;
import org.lama.core.series.Frame;

/** Gives contracts the decimals that the engine gives to symbols without one: those that suit the first price. */
final class ContractScales {
    private static final int FINEST = 12;

    private ContractScales() {}

    /** Finer where a step of the venue is, and in fractional quantities as fine as 64 bits allow for the capital. */
    static List<Contract> of(List<Contract> contracts, MarketData data, EngineSettings settings) {
        List<Contract> scaled = new ArrayList<>();
        for (int i = 0; i < contracts.size(); i++) {
            scaled.add(of(contracts.get(i), firstPrice(data.frames().get(i)), settings));
        }
        return scaled;
    }

    private static Contract of(Contract contract, double price, EngineSettings settings) {
        boolean lots = settings.quantityMode() == EngineSettings.QuantityMode.LOTS;
        double capital = settings.cash() * settings.leverage();
        Scale scale = lots ? Scale.forPrice(price) : Scale.finest(price, capital / value(contract, price));
        TradingRules rules = contract.rules();
        Instrument named = contract.instrument();
        Instrument instrument = new Instrument(
                named.venue(),
                named.kind(),
                named.base(),
                named.quote(),
                Math.max(scale.priceDecimals(), decimals(rules.tickSize())),
                Math.max(scale.quantityDecimals(), decimals(rules.lotSize())));
        return new Contract(
                instrument,
                contract.payoff(),
                contract.settlement(),
                contract.contractSize(),
                rules,
                contract.margin(),
                contract.fundingInterval(),
                contract.option());
    }

    /** What one contract is worth in its currency of settlement. */
    private static double value(Contract contract, double price) {
        return contract.payoff() == Contract.Payoff.INVERSE
                ? contract.contractSize() / price
                : contract.contractSize() * price;
    }

    /** As many as a step needs. */
    private static int decimals(double step) {
        int scale = step > 0 ? BigDecimal.valueOf(step).stripTrailingZeros().scale() : 0;
        return Math.max(0, Math.min(FINEST, scale));
    }

    private static double firstPrice(Frame frame) {
        for (int row = 0; row < frame.size(); row++) {
            for (String column : List.of("open", "close")) {
                double price = frame.column(column).get(row);
                if (price > 0 && price < Double.POSITIVE_INFINITY) {
                    return price;
                }
            }
        }
        return 1;
    }
}
