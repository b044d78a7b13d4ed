package org.lama.backtest.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.data.Instruments;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Node;

/** Reads the terms on which symbols are traded. */
final class ContractTerms {
    private static final List<String> KINDS = List.of("spot", "linear", "inverse", "option");
    private static final List<String> KEYS = List.of(
            "kind",
            "base",
            "quote",
            "settlement",
            "contractSize",
            "tick",
            "lot",
            "minQuantity",
            "maxQuantity",
            "minNotional",
            "fundingInterval",
            "margin",
            "option");
    private static final List<String> MARGIN = List.of("floors", "rates", "maxLeverage", "liquidationFee");
    private static final List<String> OPTION = List.of("right", "strike", "expiry", "underlying", "inverse");

    private ContractTerms() {}

    /** The currency of an account. */
    static String currency(Node account) {
        return StudyConfig.text(account, "currency", "USD").toUpperCase(Locale.ROOT);
    }

    /** Whether all can be read. */
    static int check(Node contracts) {
        contracts.names().forEach(symbol -> of(symbol, contracts.get(symbol), "UNKNOWN"));
        return contracts.size();
    }

    /** One contract per symbol; a symbol without terms is what {@code otherwise} makes of it. */
    static List<Contract> of(Node contracts, List<String> symbols, String venue, Function<String, Contract> otherwise) {
        for (String name : contracts.names()) {
            Check.that(
                    symbols.contains(name),
                    "contracts: the data have no symbol '" + name + "' but " + symbols
                            + Suggestion.alike(name, symbols));
        }
        List<Contract> list = new ArrayList<>();
        for (String symbol : symbols) {
            list.add(contracts
                    .find(symbol)
                    .map(node -> of(symbol, node, venue))
                    .orElseGet(() -> otherwise.apply(symbol)));
        }
        return list;
    }

    /** Whether the terms of a symbol make it a perpetual; empty where there are none. */
    static Optional<Boolean> isPerpetual(Node contracts, String symbol) {
        return contracts
                .find(symbol)
                .map(ContractTerms::kind)
                .map(kind -> kind.equals("linear") || kind.equals("inverse"));
    }

    private static String kind(Node node) {
        String kind = node.get("kind").asText();
        Check.that(
                KINDS.contains(kind),
                "kind must be one of " + KINDS + ", got '" + kind + "'" + Suggestion.alike(kind, KINDS));
        return kind;
    }

    private static Contract of(String symbol, Node node, String venue) {
        try {
            return read(symbol, node, venue);
        } catch (IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw new IllegalArgumentException(
                    message.contains(symbol) ? message : "contracts." + symbol + ": " + message, wrong);
        }
    }

    private static Contract read(String symbol, Node node, String venue) {
        StudyConfig.known(node, KEYS);
        String kind = kind(node);
        boolean perpetual = kind.equals("linear") || kind.equals("inverse");
        Check.that(
                node.has("option") == kind.equals("option"),
                "option must be given for kind option and for nothing else, got kind " + kind);
        Check.that(
                perpetual || !(node.has("margin") || node.has("fundingInterval")),
                "margin and fundingInterval belong to kind linear or inverse, got kind " + kind);
        String market = venue + "." + (perpetual ? "PERP" : kind.toUpperCase(Locale.ROOT));
        Instrument guessed = Instruments.fromSymbol(market, pair(symbol));
        Instrument instrument = Instrument.of(
                guessed.venue(),
                guessed.kind(),
                StudyConfig.text(node, "base", guessed.base()).toUpperCase(Locale.ROOT),
                StudyConfig.text(node, "quote", guessed.quote()).toUpperCase(Locale.ROOT));
        Optional<Contract.Option> option = node.find("option").map(ContractTerms::option);
        boolean inBase =
                kind.equals("inverse") || option.map(Contract.Option::inverse).orElse(false);
        return new Contract(
                instrument,
                kind.equals("linear")
                        ? Contract.Payoff.LINEAR
                        : kind.equals("inverse") ? Contract.Payoff.INVERSE : Contract.Payoff.PAID,
                StudyConfig.text(node, "settlement", inBase ? instrument.base() : instrument.quote())
                        .toUpperCase(Locale.ROOT),
                number(node, "contractSize", 1),
                rules(node),
                node.find("margin").map(ContractTerms::margin).orElse(MarginTiers.DEFAULT),
                perpetual
                        ? Optional.of(BacktestWords.duration(node, "fundingInterval", Duration.ofHours(8)))
                        : Optional.empty(),
                option);
    }

    /** A symbol such as BTCUSDT-PERP without its last part. */
    private static String pair(String symbol) {
        return symbol.toUpperCase(Locale.ROOT).replaceFirst("(.)[-_.:/]?PERP$", "$1");
    }

    private static double number(Node node, String key, double otherwise) {
        return StudyConfig.value(node, key, Node::asDouble, otherwise);
    }

    private static TradingRules rules(Node node) {
        return new TradingRules(
                number(node, "tick", 0),
                number(node, "lot", 0),
                number(node, "minQuantity", 0),
                number(node, "maxQuantity", Double.POSITIVE_INFINITY),
                number(node, "minNotional", 0));
    }

    private static MarginTiers margin(Node node) {
        StudyConfig.known(node, MARGIN);
        return MarginTiers.of(
                node.find("floors").map(Node::asDoubles).orElse(new double[] {0}),
                node.find("rates").map(Node::asDoubles).orElse(new double[] {0.005}),
                number(node, "maxLeverage", MarginTiers.DEFAULT.maxLeverage()),
                number(node, "liquidationFee", MarginTiers.DEFAULT.liquidationFee()));
    }

    private static Contract.Option option(Node node) {
        StudyConfig.known(node, OPTION);
        return new Contract.Option(
                BacktestWords.word(node, "right", Contract.Right.CALL),
                node.get("strike").asDouble(),
                TimeIndex.nanos(StudyConfig.time(node.get("expiry").asText())),
                node.get("underlying").asText(),
                StudyConfig.value(node, "inverse", Node::asBoolean, false));
    }
}
