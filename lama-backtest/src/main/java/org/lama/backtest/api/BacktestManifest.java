package org.lama.backtest.api;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Checksums;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/** Writes a backtest as {@code result.json} with its tables beside, and reads it back without running anything. */
final class BacktestManifest {
    static final String SCHEMA = "lama.backtest/1";
    static final String TRADES = "trades";
    static final String EQUITY = "equity";
    static final String FILLS = "fills";

    private BacktestManifest() {}

    static Node of(BacktestRequest request, Map<String, String> parameters, BacktestOutcome outcome) {
        Node.Fields fields = Node.object()
                .put("schema", SCHEMA)
                .put("command", "backtest")
                .put("provenance", outcome.provenance())
                .put("settings", BacktestConfig.document(request, parameters))
                .put(
                        "seeds",
                        Node.object().put("master", request.settings().seed()).build())
                .put(
                        "versions",
                        Node.object()
                                .put("lama", Versions.lama())
                                .put("java", Versions.java())
                                .build())
                .put("determinism", "BITWISE")
                .put("checksums", checksums(outcome))
                .put(
                        "data",
                        Node.array(outcome.series().stream()
                                .map(BacktestManifest::series)
                                .toList()))
                .put("startEquity", request.settings().cash())
                .put("endEquity", outcome.endEquity())
                .put("metrics", numbers(outcome.metrics()))
                .put("reasons", words(outcome.reasons()))
                .put("benchmark", numbers(outcome.benchmarkMetrics()))
                .put("benchmarkName", outcome.held())
                .put("costs", numbers(outcome.costs()))
                .put("trials", trials(outcome.trials()))
                .put("ledger", LedgerWitness.node(outcome.trials().ledger()))
                .put("events", counts(outcome.events()))
                .put("firstEvents", words(outcome.firsts()))
                .put(
                        "issues",
                        Node.array(outcome.issues().stream()
                                .map(BacktestManifest::issue)
                                .toList()))
                .put("checks", outcome.checks())
                .put("fills", outcome.fills().size())
                .put("openPositions", Node.array(open(outcome)));
        if (!outcome.strategies().isEmpty()) {
            fields.put(
                    "strategies",
                    Node.array(outcome.strategies().stream()
                            .map(BacktestManifest::strategy)
                            .toList()));
        }
        return fields.put(
                        "trades",
                        Node.array(outcome.trades().stream()
                                .map(BacktestManifest::trade)
                                .toList()))
                .build();
    }

    private static Node words(Map<String, String> values) {
        Node.Fields fields = Node.object();
        values.forEach(fields::put);
        return fields.build();
    }

    /** Empty where an older version wrote none. */
    private static Map<String, String> words(Node document, String key) {
        Map<String, String> values = new LinkedHashMap<>();
        document.find(key)
                .ifPresent(node -> node.names()
                        .forEach(name -> values.put(name, node.get(name).asText())));
        return values;
    }

    private static Node issue(Issue issue) {
        return Node.object()
                .put("reason", issue.reason().name())
                .put("where", issue.where())
                .put("detail", issue.detail())
                .build();
    }

    private static Issue readIssue(Node node) {
        return new Issue(
                Issue.Reason.valueOf(node.get("reason").asText()),
                node.get("where").asText(),
                node.get("detail").asText());
    }

    /** What the fills leave over at the end, by symbol. */
    private static List<Node> open(BacktestOutcome outcome) {
        Map<String, BigDecimal> held = new TreeMap<>();
        for (BacktestOutcome.FillRow fill : outcome.fills()) {
            BigDecimal quantity = BigDecimal.valueOf(fill.quantity());
            held.merge(fill.symbol(), fill.side().equals("BUY") ? quantity : quantity.negate(), BigDecimal::add);
        }
        List<Node> open = new ArrayList<>();
        held.forEach((symbol, quantity) -> {
            if (quantity.signum() != 0) {
                open.add(Node.object()
                        .put("symbol", symbol)
                        .put("quantity", quantity.doubleValue())
                        .build());
            }
        });
        return open;
    }

    private static Node checksums(BacktestOutcome outcome) {
        return Node.object()
                .put("data", outcome.dataChecksum())
                .put("strategy", outcome.codeChecksum())
                .put("equity", bits(outcome.curve()))
                .build();
    }

    /** By the bits of times and equity. */
    static String bits(BacktestOutcome.Curve curve) {
        ByteBuffer bytes = ByteBuffer.allocate(16 * curve.size());
        for (int i = 0; i < curve.size(); i++) {
            bytes.putLong(curve.times()[i]).putDouble(curve.equity()[i]);
        }
        return Checksums.sha256(bytes.array());
    }

    private static Node series(BacktestOutcome.SeriesRow row) {
        return Node.object()
                .put("symbol", row.symbol())
                .put("path", row.path())
                .put("sha256", row.sha256())
                .put("rows", row.rows())
                .put("from", TimeIndex.instant(row.from()))
                .put("to", TimeIndex.instant(row.to()))
                .put("provenance", row.provenance())
                .put("note", row.note())
                .build();
    }

    private static Node trials(BacktestOutcome.TrialCount trials) {
        return Node.object()
                .put("raw", trials.raw())
                .put("onThisWindow", trials.onWindow())
                .put("effective", number(trials.effective()))
                .put("variance", number(trials.variance()))
                .put("deflatedSharpe", number(trials.deflatedSharpe()))
                .put("ledgerStarted", trials.ledgerStarted())
                .build();
    }

    private static Node strategy(BacktestOutcome.StrategyRow row) {
        return Node.object()
                .put("name", row.name())
                .put("startEquity", row.startEquity())
                .put("endEquity", row.endEquity())
                .put("price", row.price())
                .put("slippage", row.slippage())
                .put("haircut", row.haircut())
                .put("fees", row.fees())
                .put("funding", row.funding())
                .put("rest", row.rest())
                .put("fills", row.fills())
                .build();
    }

    private static BacktestOutcome.StrategyRow strategy(Node node) {
        return new BacktestOutcome.StrategyRow(
                node.get("name").asText(),
                node.get("startEquity").asDouble(),
                node.get("endEquity").asDouble(),
                node.get("price").asDouble(),
                node.get("slippage").asDouble(),
                // results of older versions have it in the slippage
                node.has("haircut") ? node.get("haircut").asDouble() : 0,
                node.get("fees").asDouble(),
                node.get("funding").asDouble(),
                node.get("rest").asDouble(),
                node.get("fills").asInt());
    }

    private static Node trade(BacktestOutcome.Trade trade) {
        return Node.object()
                .put("symbol", trade.symbol())
                .put("side", trade.side())
                .put("entryTime", TimeIndex.instant(trade.entryTime()))
                .put("exitTime", TimeIndex.instant(trade.exitTime()))
                .put("entryPrice", trade.entryPrice())
                .put("exitPrice", trade.exitPrice())
                .put("quantity", trade.quantity())
                .put("fees", number(trade.fees()))
                .put("slippage", trade.slippage())
                .put("pnl", number(trade.pnl()))
                .put("grossProfit", number(trade.grossProfit()))
                .put("funding", number(trade.funding()))
                .put("insurance", number(trade.insurance()))
                .build();
    }

    private static Node numbers(Map<String, Double> values) {
        Node.Fields fields = Node.object();
        values.forEach((name, value) -> fields.put(name, number(value)));
        return fields.build();
    }

    /** A number, or null where it is undefined or unbounded: no reader needs to know a text for that. */
    static Node number(double value) {
        return Double.isFinite(value) ? Node.of(value) : Node.nothing();
    }

    /** The number, NaN for null. */
    static double number(Node node) {
        return node.kind() == Node.Kind.NULL ? Double.NaN : node.asDouble();
    }

    private static Node counts(Map<String, Integer> values) {
        Node.Fields fields = Node.object();
        values.forEach(fields::put);
        return fields.build();
    }

    /** The tables of a backtest by the names of their files. */
    static Map<String, ParquetTable> tables(BacktestOutcome outcome) {
        Map<String, ParquetTable> tables = new LinkedHashMap<>();
        List<BacktestOutcome.Trade> trades = outcome.trades();
        tables.put(
                TRADES,
                ParquetTable.builder(trades.size())
                        .texts(
                                "symbol",
                                trades.stream()
                                        .map(BacktestOutcome.Trade::symbol)
                                        .toList())
                        .texts(
                                "side",
                                trades.stream().map(BacktestOutcome.Trade::side).toList())
                        .times("entryTime", longs(trades, BacktestOutcome.Trade::entryTime))
                        .times("exitTime", longs(trades, BacktestOutcome.Trade::exitTime))
                        .doubles("entryPrice", doubles(trades, BacktestOutcome.Trade::entryPrice))
                        .doubles("exitPrice", doubles(trades, BacktestOutcome.Trade::exitPrice))
                        .doubles("quantity", doubles(trades, BacktestOutcome.Trade::quantity))
                        .doubles("fees", doubles(trades, BacktestOutcome.Trade::fees))
                        .doubles("slippage", doubles(trades, BacktestOutcome.Trade::slippage))
                        .doubles("pnl", doubles(trades, BacktestOutcome.Trade::pnl))
                        .doubles("grossProfit", doubles(trades, BacktestOutcome.Trade::grossProfit))
                        .doubles("funding", doubles(trades, BacktestOutcome.Trade::funding))
                        .doubles("insurance", doubles(trades, BacktestOutcome.Trade::insurance))
                        .build());
        BacktestOutcome.Curve curve = outcome.curve();
        tables.put(
                EQUITY,
                ParquetTable.builder(curve.size())
                        .times("time", curve.times())
                        .doubles("equity", curve.equity())
                        .doubles("cash", curve.cash())
                        .doubles("exposure", curve.exposure())
                        .doubles("benchmark", curve.benchmark())
                        .build());
        List<BacktestOutcome.FillRow> fills = outcome.fills();
        tables.put(
                FILLS,
                ParquetTable.builder(fills.size())
                        .times("time", longs(fills, BacktestOutcome.FillRow::time))
                        .texts(
                                "symbol",
                                fills.stream()
                                        .map(BacktestOutcome.FillRow::symbol)
                                        .toList())
                        .texts(
                                "side",
                                fills.stream()
                                        .map(BacktestOutcome.FillRow::side)
                                        .toList())
                        .doubles("price", doubles(fills, BacktestOutcome.FillRow::price))
                        .doubles("quantity", doubles(fills, BacktestOutcome.FillRow::quantity))
                        .doubles("fee", doubles(fills, BacktestOutcome.FillRow::fee))
                        .build());
        return tables;
    }

    private static <T> double[] doubles(List<T> rows, ToDoubleFunction<T> column) {
        return rows.stream().mapToDouble(column).toArray();
    }

    private static <T> long[] longs(List<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    /** Reads what {@link #of} and {@link #tables} wrote. */
    static BacktestOutcome read(Path manifest, Node document) throws IOException {
        Path folder = manifest.toAbsolutePath().resolveSibling("");
        Node checksums = document.get("checksums");
        BacktestOutcome.Curve curve = curve(ParquetFrames.read(folder.resolve(EQUITY + ".parquet")));
        if (!bits(curve).equals(checksums.get("equity").asText())) {
            throw new IOException(manifest + ": equity.parquet beside it is not the one it was written with;"
                    + " keep the files of a result together");
        }
        Node trials = document.get("trials");
        return new BacktestOutcome(
                document.get("provenance").asText(),
                checksums.get("data").asText(),
                checksums.get("strategy").asText(),
                document.get("data").items().stream()
                        .map(BacktestManifest::series)
                        .toList(),
                document.get("endEquity").asDouble(),
                metrics(document),
                numbers(document.get("benchmark")),
                numbers(document.get("costs")),
                new BacktestOutcome.TrialCount(
                        trials.get("raw").asInt(),
                        trials.has("onThisWindow")
                                ? trials.get("onThisWindow").asInt()
                                : trials.get("raw").asInt(),
                        trials.has("effective")
                                ? number(trials.get("effective"))
                                : trials.get("raw").asInt(),
                        number(trials.get("variance")),
                        number(trials.get("deflatedSharpe")),
                        trials.get("ledgerStarted").asText(),
                        LedgerWitness.tip(document)),
                document.get("trades").items().stream()
                        .map(BacktestManifest::trade)
                        .toList(),
                fills(ParquetFrames.read(folder.resolve(FILLS + ".parquet"))),
                counts(document.get("events")),
                document.find("issues").map(Node::items).orElse(List.of()).stream()
                        .map(BacktestManifest::readIssue)
                        .toList(),
                document.find("strategies").map(Node::items).orElse(List.of()).stream()
                        .map(BacktestManifest::strategy)
                        .toList(),
                curve,
                document.find("checks").orElse(Node.object().build()),
                words(document, "reasons"),
                document.find("benchmarkName").map(Node::asText).orElse("buy and hold"),
                words(document, "firstEvents"));
    }

    /** The figures of a result; what more than ten times the costs is, JSON has no number for. */
    static Map<String, Double> metrics(Node document) {
        Map<String, Double> metrics = numbers(document.get("metrics"));
        boolean above = document.find("reasons")
                .flatMap(reasons -> reasons.find(OutcomeRows.BREAK_EVEN))
                .map(Node::asText)
                .filter(reason -> reason.equals(OutcomeRows.ABOVE_TEN) || reason.equals(OutcomeRows.NO_COSTS))
                .isPresent();
        if (above) {
            metrics.put(OutcomeRows.BREAK_EVEN, Double.POSITIVE_INFINITY);
        }
        return metrics;
    }

    private static BacktestOutcome.SeriesRow series(Node node) {
        return new BacktestOutcome.SeriesRow(
                node.get("symbol").asText(),
                node.get("path").asText(),
                node.get("sha256").asText(),
                node.get("provenance").asText(),
                node.get("note").asText(),
                node.get("rows").asInt(),
                TimeIndex.nanos(node.get("from").asInstant()),
                TimeIndex.nanos(node.get("to").asInstant()));
    }

    private static BacktestOutcome.Trade trade(Node node) {
        return new BacktestOutcome.Trade(
                node.get("symbol").asText(),
                node.get("side").asText(),
                TimeIndex.nanos(node.get("entryTime").asInstant()),
                TimeIndex.nanos(node.get("exitTime").asInstant()),
                node.get("entryPrice").asDouble(),
                node.get("exitPrice").asDouble(),
                node.get("quantity").asDouble(),
                number(node.get("fees")),
                node.get("slippage").asDouble(),
                number(node.get("pnl")),
                node.find("grossProfit").map(BacktestManifest::number).orElse(Double.NaN),
                node.find("funding").map(BacktestManifest::number).orElse(Double.NaN),
                node.find("insurance").map(BacktestManifest::number).orElse(Double.NaN));
    }

    private static BacktestOutcome.Curve curve(ParquetTable table) {
        return new BacktestOutcome.Curve(
                table.times("time"),
                table.doubles("equity"),
                table.doubles("cash"),
                table.doubles("exposure"),
                table.doubles("benchmark"));
    }

    private static List<BacktestOutcome.FillRow> fills(ParquetTable table) {
        long[] times = table.times("time");
        List<String> symbols = table.texts("symbol");
        List<String> sides = table.texts("side");
        double[] prices = table.doubles("price");
        double[] quantities = table.doubles("quantity");
        double[] fees = table.doubles("fee");
        List<BacktestOutcome.FillRow> rows = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            rows.add(new BacktestOutcome.FillRow(
                    times[i], symbols.get(i), sides.get(i), prices[i], quantities[i], fees[i]));
        }
        return rows;
    }

    private static Map<String, Double> numbers(Node node) {
        Map<String, Double> values = new LinkedHashMap<>();
        node.names().forEach(name -> values.put(name, number(node.get(name))));
        return values;
    }

    private static Map<String, Integer> counts(Node node) {
        Map<String, Integer> values = new LinkedHashMap<>();
        node.names().forEach(name -> values.put(name, node.get(name).asInt()));
        return values;
    }
}
