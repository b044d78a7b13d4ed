package org.lama.backtest.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.lama.backtest.engine.InstrumentEvent;
import org.lama.backtest.engine.Market;
import org.lama.core.base.Check;
import org.lama.core.base.GzipStream;
import org.lama.core.base.Suggestion;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Funding, conversion rates and events that stand in files or in the settings themselves. */
record MarketFiles(Optional<Node> funding, Optional<Node> conversions, Optional<Node> events) {
    private static final List<String> EVENT = List.of("time", "symbol", "kind", "value", "share");
    private static final List<String> KINDS =
            List.of("listed", "delisted", "renamed", "redenominated", "settled", "deleveraged");
    private static final List<String> TIMES = List.of("time_ms", "time", "date");
    private static final List<String> RATES = List.of("funding_rate", "rate", "close");

    /** Files by name; a number in place of a file holds always, where that makes sense. */
    static int checkFiles(Node group, boolean numbers) {
        for (String name : group.names()) {
            Node node = group.get(name);
            if (numbers && node.kind() == Node.Kind.NUMBER) {
                Check.positive(node.asDouble(), name);
            } else {
                Check.notBlank(node.asText(), name);
            }
        }
        return group.size();
    }

    /** A file, or a list of events. */
    static int checkEvents(Node group) {
        if (group.kind() == Node.Kind.STRING) {
            return 0;
        }
        group.items().forEach(MarketFiles::event);
        return group.size();
    }

    private static InstrumentEvent event(Node node) {
        StudyConfig.known(node, EVENT);
        long time = TimeIndex.nanos(StudyConfig.time(node.get("time").asText()));
        String kind = node.get("kind").asText();
        Check.that(
                KINDS.contains(kind),
                "kind of an event must be one of " + KINDS + ", got '" + kind + "'" + Suggestion.alike(kind, KINDS));
        boolean plain = kind.equals("listed") || kind.equals("delisted");
        Check.that(
                plain != node.has("value"),
                "value must be given for renamed, redenominated, settled and deleveraged only, got " + "an event "
                        + kind + (plain ? " with one" : " without one"));
        Check.that(
                kind.equals("deleveraged") || !node.has("share"),
                "share must be given for deleveraged only, got an event " + kind + " with one");
        String symbol = BacktestWords.name(node, "symbol");
        return switch (kind) {
            case "listed" -> new InstrumentEvent.Listed(time, symbol);
            case "delisted" -> new InstrumentEvent.Delisted(time, symbol);
            case "renamed" -> new InstrumentEvent.Renamed(time, symbol, BacktestWords.name(node, "value"));
            case "redenominated" ->
                new InstrumentEvent.Redenominated(
                        time, symbol, node.get("value").asDouble());
            case "deleveraged" ->
                new InstrumentEvent.Deleveraged(
                        time,
                        symbol,
                        node.has("share") ? node.get("share").asDouble() : 1,
                        node.get("value").asDouble());
            default ->
                new InstrumentEvent.Settled(time, symbol, node.get("value").asDouble());
        };
    }

    boolean isEmpty() {
        return funding.isEmpty() && conversions.isEmpty() && events.isEmpty();
    }

    boolean funds(String symbol) {
        return funding.filter(node -> node.has(symbol)).isPresent();
    }

    /** Adds all of it to a market of the symbols. */
    void addTo(Market.Builder market, List<String> symbols, long fromNanos) throws IOException {
        if (funding.isPresent()) {
            for (String symbol : funding.get().names()) {
                requireSymbol(symbol, symbols, "funding");
                Rates rates = rates(Path.of(funding.get().get(symbol).asText()), symbol);
                market.funding(symbol, rates.times, rates.values);
            }
        }
        if (conversions.isPresent()) {
            for (String currency : conversions.get().names()) {
                Node node = conversions.get().get(currency);
                Rates rates = node.kind() == Node.Kind.NUMBER
                        ? new Rates(new long[] {fromNanos}, new double[] {node.asDouble()})
                        : rates(Path.of(node.asText()), currency);
                market.conversion(currency.toUpperCase(Locale.ROOT), rates.times, rates.values);
            }
        }
        for (InstrumentEvent event : listed()) {
            requireSymbol(event.symbol(), symbols, "events");
            market.event(event);
        }
    }

    private static void requireSymbol(String name, List<String> symbols, String group) {
        Check.that(
                symbols.contains(name),
                group + ": the data have no symbol '" + name + "' but " + symbols + Suggestion.alike(name, symbols));
    }

    private List<InstrumentEvent> listed() throws IOException {
        List<InstrumentEvent> list = new ArrayList<>();
        if (events.isPresent() && events.get().kind() != Node.Kind.STRING) {
            events.get().items().forEach(node -> list.add(event(node)));
        } else if (events.isPresent()) {
            Path file = Path.of(events.get().asText());
            try {
                if (file.toString().matches(".*\\.csv(\\.gz)?")) {
                    eventRows(file).forEach(node -> list.add(event(node)));
                } else {
                    Documents.read(file).get("events").items().forEach(node -> list.add(event(node)));
                }
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
            }
        }
        return list;
    }

    private static List<Node> eventRows(Path file) throws IOException {
        List<String[]> rows = rows(file);
        List<String> header = Arrays.asList(rows.get(0));
        int kind = header.indexOf("kind");
        List<Node> list = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            Node.Fields fields = Node.object();
            for (int i = 0; i < header.size(); i++) {
                if (i < row.length && !row[i].isEmpty()) {
                    String text = row[i];
                    boolean number =
                            (header.get(i).equals("value") || header.get(i).equals("share"))
                                    && !(kind >= 0 && kind < row.length && row[kind].equals("renamed"))
                                    && text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");
                    fields.put(header.get(i), number ? Node.of(Double.parseDouble(text)) : Node.of(text));
                }
            }
            list.add(fields.build());
        }
        return list;
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    record Rates(long[] times, double[] values) {
        int size() {
            return times.length;
        }
    }

    private static Rates rates(Path file, String symbol) throws IOException {
        return rates(file, symbol, RATES);
    }

    /** Rows of time and value; where the file has a column of symbols with several, those of one. */
    static Rates rates(Path file, String symbol, List<String> names) throws IOException {
        List<String[]> rows = rows(file);
        List<String> header = Arrays.asList(rows.get(0));
        int time = column(file, header, TIMES);
        int rate = column(file, header, names);
        int name = header.indexOf("symbol");
        boolean several = name >= 0
                && rows.subList(1, rows.size()).stream()
                                .map(row -> row[name])
                                .distinct()
                                .count()
                        > 1;
        long[] times = new long[rows.size() - 1];
        double[] values = new double[times.length];
        int count = 0;
        for (int i = 1; i < rows.size(); i++) {
            String[] row = rows.get(i);
            if (row.length != header.size()) {
                throw new IOException(
                        file + ": row " + (i + 1) + " has " + row.length + " fields instead of " + header.size());
            }
            if (!several || row[name].equals(symbol)) {
                try {
                    times[count] = time(row[time]);
                    values[count++] = Double.parseDouble(row[rate]);
                } catch (IllegalArgumentException wrong) {
                    throw new IOException(file + ": row " + (i + 1) + ": " + wrong.getMessage(), wrong);
                }
            }
        }
        if (count == 0) {
            throw new IOException(file + ": has no rows of " + symbol);
        }
        return new Rates(Arrays.copyOf(times, count), Arrays.copyOf(values, count));
    }

    private static int column(Path file, List<String> header, List<String> names) throws IOException {
        for (String name : names) {
            if (header.contains(name)) {
                return header.indexOf(name);
            }
        }
        throw new IOException(file + ": has no column " + names + " but " + header);
    }

    private static long time(String text) {
        return TimeIndex.nanos(
                text.matches("[0-9]{11,14}") ? Instant.ofEpochMilli(Long.parseLong(text)) : StudyConfig.time(text));
    }

    private static List<String[]> rows(Path file) throws IOException {
        byte[] bytes = bytes(file);
        boolean packed = bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
        try (InputStream in = new ByteArrayInputStream(bytes);
                InputStream text = packed ? GzipStream.of(in) : in) {
            List<String[]> rows = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.strip().split("\\s*,\\s*", -1))
                    .toList();
            if (rows.isEmpty()) {
                throw new IOException(file + ": is empty");
            }
            return rows;
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IOException(file + ": no such file, but the settings name it", missing);
        }
    }

    /** The checksum of bars with that of everything here beside them; without anything it is that of the bars. */
    String checksum(String bars) throws IOException {
        if (isEmpty()) {
            return bars;
        }
        StringBuilder parts = new StringBuilder(bars);
        for (Optional<Node> group : List.of(funding, conversions, events)) {
            parts.append('\n');
            if (group.isPresent()) {
                parts.append(contents(group.get()));
            }
        }
        return Checksums.sha256(parts.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String contents(Node group) throws IOException {
        if (group.kind() == Node.Kind.STRING) {
            return Checksums.sha256(bytes(Path.of(group.asText())));
        }
        if (group.kind() == Node.Kind.ARRAY) {
            return Documents.compactJson(group);
        }
        StringBuilder parts = new StringBuilder();
        for (String name : group.names()) {
            Node node = group.get(name);
            parts.append(name)
                    .append(' ')
                    .append(node.kind() == Node.Kind.STRING ? contents(node) : Documents.compactJson(node))
                    .append('\n');
        }
        return parts.toString();
    }

    /** A group with its files at other places. */
    static Node moved(Node group, UnaryOperator<Path> move) {
        if (group.kind() == Node.Kind.STRING) {
            return Node.of(move.apply(Path.of(group.asText())).toString().replace('\\', '/'));
        }
        if (group.kind() != Node.Kind.OBJECT) {
            return group;
        }
        Node.Fields fields = Node.object();
        for (String name : group.names()) {
            Node node = group.get(name);
            fields.put(name, node.kind() == Node.Kind.STRING ? moved(node, move) : node);
        }
        return fields.build();
    }
}
