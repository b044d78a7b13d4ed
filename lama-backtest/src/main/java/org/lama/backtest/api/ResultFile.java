package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** A result of a study or a backtest on disk, as far as both have the same parts. */
final class ResultFile {
    private static final String RESULT = "result.json";
    private static final List<String> SCHEMAS = List.of(Manifest.SCHEMA, BacktestManifest.SCHEMA);

    private static final int DAY = "2020-01-31".length();

    private final Path file;
    private final String name;
    private final Node document;

    private ResultFile(Path file, String name, Node document) {
        this.file = file;
        this.name = name;
        this.document = document;
    }

    /** Opens a {@code result.json} or the folder that holds one. */
    static ResultFile open(Path given) throws IOException {
        Path file = Files.isDirectory(given) ? given.resolve(RESULT) : given;
        Node document = read(file);
        if (!document.has("schema") || !SCHEMAS.contains(document.get("schema").asText())) {
            throw new IOException(
                    file + ": is no result of a study or a backtest (field 'schema' must be one of " + SCHEMAS + ")");
        }
        Path named = file.equals(given) && !given.endsWith(RESULT)
                ? given
                : file.toAbsolutePath().getParent();
        String name = named == null || named.getFileName() == null
                ? given.toString()
                : named.getFileName().toString();
        return new ResultFile(file, name, document);
    }

    /** What is no document at all is not explained letter by letter. */
    static Node read(Path file) throws IOException {
        try {
            return Documents.read(file);
        } catch (NoSuchFileException missing) {
            throw missing;
        } catch (CharacterCodingException binary) {
            throw new IOException(
                    file + ": is no text; give a result.json that LAMA wrote, or the folder in which it lies", binary);
        } catch (IOException broken) {
            throw new IOException(
                    broken.getMessage() + "; give a result.json that LAMA wrote, or the folder in which it lies",
                    broken);
        }
    }

    Path file() {
        return file;
    }

    /** The name of its folder. */
    String name() {
        return name;
    }

    Node document() {
        return document;
    }

    boolean isBacktest() {
        return document.get("schema").asText().equals(BacktestManifest.SCHEMA);
    }

    /** The figures of the strategy; those of a study carry the names of a backtest where they mean the same. */
    Map<String, Double> metrics() {
        Map<String, Double> values = new LinkedHashMap<>();
        if (isBacktest()) {
            values.put("endEquity", document.get("endEquity").asDouble());
            values.putAll(BacktestManifest.metrics(document));
            Node costs = document.get("costs");
            costs.names().forEach(key -> values.put(key, BacktestManifest.number(costs.get(key))));
            values.put(
                    "deflatedSharpe",
                    BacktestManifest.number(document.get("trials").get("deflatedSharpe")));
        } else {
            Node metrics = document.get("metrics").get("strategy");
            for (String key : metrics.names()) {
                values.put(common(key), BacktestManifest.number(metrics.get(key)));
            }
            values.put(
                    "deflatedSharpe",
                    BacktestManifest.number(document.get("significance").get("deflatedSharpe")));
        }
        return values;
    }

    private static String common(String key) {
        return switch (key) {
            case "compoundAnnualGrowth" -> "cagr";
            case "maximumDrawdown" -> "maxDrawdown";
            default -> key;
        };
    }

    /** The symbols, or how many there are, and the first and last day. */
    String series() {
        List<Node> items = document.get("data").items();
        List<String> symbols =
                items.stream().map(each -> each.get("symbol").asText()).toList();
        String from = items.stream()
                .map(each -> each.get("from").asText())
                .min(Comparator.naturalOrder())
                .orElse("");
        String to = items.stream()
                .map(each -> each.get("to").asText())
                .max(Comparator.naturalOrder())
                .orElse("");
        String what = symbols.size() > 3 ? symbols.size() + " symbols" : String.join(", ", symbols);
        return what + " from " + day(from) + " to " + day(to);
    }

    private static String day(String instant) {
        return instant.length() > DAY ? instant.substring(0, DAY) : instant;
    }

    /** The checksum of all bars. */
    String dataChecksum() {
        return isBacktest()
                ? document.get("checksums").get("data").asText()
                : document.get("dataChecksum").asText();
    }
}
