package org.lama.backtest.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.walkforward.FundedMarket;
import org.lama.core.base.Check;
import org.lama.core.data.Instruments;
import org.lama.core.data.MarketData;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;
import org.lama.core.store.Node;

/** What a request means to the engine: its settings, the contracts and the market. */
final class EngineTerms {
    private static final String PERPETUAL = "PERP";

    private EngineTerms() {}

    /** The bars, streams from files, and funding that stands beside the bars of perpetuals, paid at the close of its row. */
    static Market market(BacktestRequest request, MarketData data) throws IOException {
        Market.Builder market = Market.builder(data);
        MarketFiles files = request.terms().files();
        long from = data.frames().stream()
                .filter(frame -> frame.size() > 0)
                .mapToLong(frame -> frame.index().at(0))
                .min()
                .orElse(0);
        files.addTo(market, data.symbols(), from);
        FundedMarket.addTo(market, data, symbol -> isPerpetual(request, data, symbol) && !files.funds(symbol));
        return market.build();
    }

    /** As the contracts say; else among spot symbols those that a store says are perpetuals, or whose name ends in PERP. */
    private static boolean isPerpetual(BacktestRequest request, MarketData data, String symbol) {
        return request.terms()
                .contracts()
                .flatMap(terms -> ContractTerms.isPerpetual(terms, symbol))
                .orElseGet(() -> request.data().kind() == Instrument.Kind.PERP
                        || symbol.toUpperCase(Locale.ROOT).endsWith(PERPETUAL)
                        || (StoreData.isStore(request.data())
                                && data.symbols().contains(symbol)
                                && StoreJoins.instrument(data.frame(symbol)).kind() == Instrument.Kind.PERP));
    }

    /** Explicit contracts where spot and perpetuals are mixed; else none, so that they are inferred. */
    private static List<Contract> contracts(BacktestRequest request, MarketData data) {
        Optional<Node> terms = request.terms().contracts();
        if (terms.isPresent()) {
            return ContractTerms.of(
                    terms.get(), data.symbols(), request.data().venue(), symbol -> contract(request, data, symbol));
        }
        boolean mixed = request.data().kind() == Instrument.Kind.SPOT
                && data.symbols().stream().anyMatch(symbol -> isPerpetual(request, data, symbol));
        if (!mixed) {
            return List.of();
        }
        return data.symbols().stream()
                .map(symbol -> contract(request, data, symbol))
                .toList();
    }

    private static Contract contract(BacktestRequest request, MarketData data, String symbol) {
        boolean perpetual = isPerpetual(request, data, symbol);
        String pair = symbol.toUpperCase(Locale.ROOT).replaceFirst("(.)[-_.:/]?PERP$", "$1");
        Instrument instrument = Instruments.fromSymbol(
                request.data().venue() + (perpetual ? ".PERP" : ".SPOT"), perpetual ? pair : symbol);
        return perpetual
                ? Contract.linearPerpetual(instrument, TradingRules.NONE, MarginTiers.DEFAULT, Duration.ofHours(8))
                : Contract.spot(instrument, TradingRules.NONE);
    }

    static EngineSettings engine(BacktestRequest request, MarketData data) {
        BacktestSettings settings = request.settings();
        BacktestTerms terms = request.terms();
        List<Contract> contracts = contracts(request, data);
        requireMargin(request, contracts);
        requireShorts(request, contracts);
        EngineSettings made = terms.delisting(EngineSettings.builder())
                .cash(settings.cash())
                .kind(request.data().kind())
                .currency(terms.currency().orElseGet(() -> currency(contracts)))
                .cost(cost(settings, terms))
                .execution(execution(settings, terms))
                .orderSizing(settings.fill().equals("next-open") ? OrderSizing.AT_OPEN : OrderSizing.AT_FILL)
                .quantityMode(word(EngineSettings.QuantityMode.class, settings.quantityMode()))
                .limits(terms.limits(settings.leverage()))
                .drawdown(terms.drawdown())
                .marginMode(word(EngineSettings.MarginMode.class, settings.margin()))
                .leverage(settings.leverage())
                .onFailure(word(EngineSettings.FailurePolicy.class, settings.onFailure()))
                .build();
        return made.toBuilder()
                .contracts(ContractScales.of(contracts, data, made))
                .build();
    }

    /** Spot is paid in full: leverage and a margin account would change nothing there, so asking for them is a mistake. */
    private static void requireMargin(BacktestRequest request, List<Contract> contracts) {
        boolean spot = isAllSpot(request, contracts);
        BacktestSettings settings = request.settings();
        String remedy = "; leave it out, or trade perpetuals: --kind perp, or a symbol that ends in PERP";
        Check.that(
                !spot || settings.leverage() == 1,
                "leverage must be 1 on spot, which is paid in full, got " + PlainNumbers.of(settings.leverage())
                        + remedy);
        Check.that(
                !spot || settings.margin().equals(BacktestSettings.defaults().margin()),
                "margin must be isolated on spot, where it does nothing, got " + settings.margin() + remedy);
    }

    /** A strategy of two legs that may only buy trades one of them: a result that nobody asked for. */
    private static void requireShorts(BacktestRequest request, List<Contract> contracts) {
        if (isAllSpot(request, contracts)) {
            List<String> names = request.terms().strategies().isEmpty()
                    ? List.of(request.strategy())
                    : request.terms().strategies().stream()
                            .map(StrategyShare::strategy)
                            .toList();
            for (Blueprint each : Strategies.all()) {
                Check.that(
                        !(each.sellsShort() && names.contains(each.name())),
                        "strategy " + each.name()
                                + " sells short, which spot does not allow; trade perpetuals: --kind perp,"
                                + " or a symbol that ends in PERP");
            }
        }
    }

    private static boolean isAllSpot(BacktestRequest request, List<Contract> contracts) {
        return contracts.isEmpty()
                ? request.data().kind() == Instrument.Kind.SPOT
                : contracts.stream().allMatch(contract -> contract.instrument().kind() == Instrument.Kind.SPOT);
    }

    /** In which all contracts are quoted and settled; where they differ it must be given. */
    private static String currency(List<Contract> contracts) {
        List<String> currencies = contracts.stream()
                .flatMap(each -> Stream.of(each.settlement(), each.instrument().quote()))
                .distinct()
                .toList();
        return currencies.size() == 1 ? currencies.get(0) : EngineSettings.DEFAULT.currency();
    }

    /** The same in lots, contracts included. */
    static EngineSettings inLots(EngineSettings settings, MarketData data) {
        EngineSettings lots = settings.toBuilder()
                .quantityMode(EngineSettings.QuantityMode.LOTS)
                .build();
        return lots.toBuilder()
                .contracts(ContractScales.of(lots.contracts(), data, lots))
                .build();
    }

    private static CostModel cost(BacktestSettings settings, BacktestTerms terms) {
        Optional<FeeSchedule> fees = terms.fees();
        if (settings.slippageModel().equals("flat")) {
            Check.that(
                    !terms.hasImpact(),
                    "costs.impact and costs.spreadShare need backtest.slippageModel square-root, got flat");
            return fees.<CostModel>map(given -> new SquareRootCost(given, settings.slippage(), 0, 0))
                    .orElseGet(() -> new FlatCost(settings.commission(), settings.slippage()));
        }
        return terms.spreadOf(new SquareRootCost(
                fees.orElseGet(() -> FeeSchedule.flat(settings.commission())),
                settings.slippage(),
                SquareRootCost.DEFAULT.spreadShare(),
                SquareRootCost.DEFAULT.impact()));
    }

    private static ExecutionSettings execution(BacktestSettings settings, BacktestTerms terms) {
        IntrabarPath path = switch (settings.path()) {
            case "ohlc" -> IntrabarPath.OPEN_HIGH_LOW_CLOSE;
            case "olhc" -> IntrabarPath.OPEN_LOW_HIGH_CLOSE;
            default -> word(IntrabarPath.class, settings.path());
        };
        return terms.execution(ExecutionSettings.builder())
                .timing(word(FillTiming.class, settings.fill()))
                .path(path)
                .barParticipation(settings.participation())
                .build();
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
