package org.lama.core.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookScale;
import org.lama.core.net.SequenceGuard.Linking;
import org.lama.core.sources.BookTape.Flaw;
import org.lama.core.sources.TapeWriter.LevelChange;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Reads recorded feeds of order books as they are: files, gzip or plain, in which a line is the time of receipt in nanoseconds, a
 * blank and the venue's message, or a table of sampled levels. What is wrong is counted and never repaired; a book that
 * cannot be trusted is cleared until its next snapshot. O(size of the file); the rows stay in memory. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookTapes {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** From these the usual latency is known. */
    private static final long FIRST_LINES = 2_000;

    /** What ticks are worth does not matter where only the steps are looked for. */
    private static final BookScale ANY_SCALE = new BookScale(1e-3, 1e-6);
    /** Trades of which it is known that they came. */
    private static final int REMEMBERED_TRADES = 10_000;

    private BookTapes() {}

    /**
     * Reads changes, best quotes, trades and REST snapshots of Binance for one symbol.
     *
     * @param file one message in a line, gzip or plain
     * @param market whose rules hold for the numbers
     * @param scale what ticks and lots are worth
     * @param settings how to read
     * @return the tape of the first symbol there is
     * @throws IOException if the file cannot be read, naming it
     * @throws IllegalArgumentException if the scale is not that of the file, naming the steps that were seen
     */
    public static BookTape binance(Path file, BinanceMarket market, BookScale scale, TapeSettings settings)
            throws IOException {
        return binance(file, market, "", scale, settings);
    }

    /**
     * Reads changes, best quotes, trades and REST snapshots of Binance for one symbol among several.
     *
     * @param file one message in a line, gzip or plain
     * @param market whose rules hold for the numbers
     * @param symbol the venue's spelling, in any case; nothing for the first symbol there is. A file with one symbol alone
     *     gives that one under any name
     * @param scale what ticks and lots are worth
     * @param settings how to read
     * @return the tape; messages of other symbols are counted
     * @throws IOException if the file cannot be read, naming it
     * @throws IllegalArgumentException if the file has several symbols and not this one, naming those it has, or the scale
     *     is not that of the file, naming the steps that were seen
     */
    public static BookTape binance(
            Path file, BinanceMarket market, String symbol, BookScale scale, TapeSettings settings) throws IOException {
        Linking linking = market.isSpot() ? Linking.CONTIGUOUS : Linking.CHAINED;
        String read = RecordedSymbols.binance(file, symbol);
        return lines(
                file,
                latency -> new TapeWriter(scale, linking, settings, latency),
                writer -> new Binance(writer, market, read)::message);
    }

    /**
     * The steps of price and quantity that a recording of Binance shows.
     *
     * @param file one message in a line, gzip or plain
     * @param market whose rules hold for the numbers
     * @param symbol as for {@link #binance(Path, BinanceMarket, String, BookScale, TapeSettings)}
     * @return the scale; empty where the first lines have too few prices to tell
     * @throws IOException if the file cannot be read, naming it
     * @throws IllegalArgumentException if the file has several symbols and not this one, naming those it has
     */
    public static Optional<BookScale> binanceScale(Path file, BinanceMarket market, String symbol) throws IOException {
        String read = RecordedSymbols.binance(file, symbol);
        return scale(file, writer -> new Binance(writer, market, read)::message);
    }

    /**
     * The steps of price and quantity that a recording of Hyperliquid shows.
     *
     * @param file one message in a line, gzip or plain
     * @param coin the venue's spelling; nothing for the first coin there is
     * @return the scale; empty where the first lines have too few prices to tell
     * @throws IOException if the file cannot be read, naming it
     * @throws IllegalArgumentException if the file has other coins alone, naming them
     */
    public static Optional<BookScale> hyperliquidScale(Path file, String coin) throws IOException {
        String read = RecordedSymbols.hyperliquid(file, coin);
        return scale(file, writer -> new Hyperliquid(writer, read)::message);
    }

    private static Optional<BookScale> scale(Path file, Function<TapeWriter, Reader> readers) throws IOException {
        TapeWriter any = new TapeWriter(ANY_SCALE, Linking.CONTIGUOUS, TapeSettings.DEFAULT, TapeWriter.UNTOLD);
        lines(file, FIRST_LINES, any, readers.apply(any));
        return any.steps().scale();
    }

    /**
     * Reads books and trades of Hyperliquid for one coin. Books come whole each time, with the best levels of each side;
     * what is behind those is unknown and not shown.
     *
     * @param file one message in a line, gzip or plain
     * @param coin the venue's spelling; nothing for the first coin there is
     * @param scale what ticks and lots are worth
     * @param settings how to read
     * @return the tape
     * @throws IOException if the file cannot be read, naming it
     * @throws IllegalArgumentException if the file has other coins alone, naming them, or the scale is not that of the file,
     *     naming the steps that were seen
     */
    public static BookTape hyperliquid(Path file, String coin, BookScale scale, TapeSettings settings)
            throws IOException {
        String read = RecordedSymbols.hyperliquid(file, coin);
        return lines(
                file,
                latency -> new TapeWriter(scale, Linking.CONTIGUOUS, settings, latency),
                writer -> new Hyperliquid(writer, read)::message);
    }

    /**
     * Reads a table of sampled books: columns {@code time_ms}, {@code midpoint}, {@code bids_distance_0} and so on
     * (distance to the midpoint as a fraction, negative for bids) and {@code bids_notional_0} and so on (price times
     * size). Samples say nothing about what happened between them: such a tape gives features, not fills.
     *
     * @param file comma-separated, with a header, gzip or plain
     * @param levels how many levels of each side the table has, at least 1
     * @param scale what ticks and lots are worth
     * @param settings how to read; the pause between samples is no silence if it is shorter
     * @return the tape; both times of a row are the time of its sample
     * @throws IOException if the file cannot be read or lacks a column, naming both
     */
    public static BookTape sampledLevels(Path file, int levels, BookScale scale, TapeSettings settings)
            throws IOException {
        Check.atLeast(levels, 1, "levels");
        TapeWriter writer = new TapeWriter(scale, Linking.CONTIGUOUS, settings, TapeWriter.UNTOLD);
        try (RecordedFile in = RecordedFile.open(file)) {
            String header = in.line();
            if (header == null && !in.isCut()) {
                return writer.tape(); // an empty file lacks more than a column
            }
            Samples samples = new Samples(writer, file, header == null ? "" : header, levels);
            String line = in.line();
            while (line != null) {
                String next = in.line();
                writer.follows(next == null ? TapeWriter.UNTOLD : samples.time(next));
                samples.row(line);
                line = next;
            }
            cutOff(in, writer);
        }
        return writer.tape();
    }

    private static void cutOff(RecordedFile in, TapeWriter writer) {
        if (in.isCut()) {
            writer.count(Flaw.CUT_OFF);
        }
    }

    /** What a line says. */
    private interface Reader {
        void message(long localNanos, Node message);
    }

    /**
     * Reads a file: its first lines once to learn what messages usually take, so that a wrong time is known from the first
     * message on; then all of them.
     */
    private static BookTape lines(Path file, LongFunction<TapeWriter> writers, Function<TapeWriter, Reader> readers)
            throws IOException {
        TapeWriter first = writers.apply(TapeWriter.UNTOLD);
        lines(file, FIRST_LINES, first, readers.apply(first));
        first.steps().requireFit(first.scale(), file.toString());
        TapeWriter writer = writers.apply(first.usualLatency());
        lines(file, Long.MAX_VALUE, writer, readers.apply(writer));
        writer.steps().requireFit(writer.scale(), file.toString());
        return writer.tape();
    }

    private static void lines(Path file, long most, TapeWriter writer, Reader reader) throws IOException {
        try (RecordedFile in = RecordedFile.open(file)) {
            String line = in.line();
            for (long read = 0; line != null && read < most; read++) {
                String next = in.line();
                writer.follows(next == null ? TapeWriter.UNTOLD : time(next));
                line(line, writer, reader);
                line = next;
            }
            cutOff(in, writer);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void line(String line, TapeWriter writer, Reader reader) {
        try {
            long local = time(line);
            Check.that(local != TapeWriter.UNTOLD, "a line must begin with its time of receipt");
            reader.message(local, Documents.parseJson(line.substring(line.indexOf(' ') + 1), "the message"));
        } catch (IOException | IllegalArgumentException e) {
            // a time that is none, no JSON, or a field that is missing or of another kind; a hole shows by the numbers
            writer.count(Flaw.UNREADABLE);
        }
    }

    /** The time with which a line begins, {@link TapeWriter#UNTOLD} if that is none. */
    private static long time(String line) {
        try {
            return Long.parseLong(line, 0, Math.max(0, line.indexOf(' ')), 10);
        } catch (NumberFormatException none) {
            return TapeWriter.UNTOLD;
        }
    }

    /** Levels as pairs of price and size; empty if one of them is none, since then the book is unknown. */
    private static Optional<LevelChange> levels(
            TapeWriter writer, List<double[]> bids, List<double[]> asks, long last) {
        double[] prices = new double[bids.size() + asks.size()];
        double[] sizes = new double[prices.length];
        for (int i = 0; i < prices.length; i++) {
            double[] level = i < bids.size() ? bids.get(i) : asks.get(i - bids.size());
            prices[i] = level[0];
            sizes[i] = level[1];
        }
        return writer.levels(bids.size(), prices, sizes, last);
    }

    private static double number(Node node) {
        String text = node.asText();
        Check.that(Decimal.isNumber(text), node.path() + " must be a number, got '" + text + "'");
        return Decimal.parse(text);
    }

    /** Messages of Binance. */
    private record Binance(TapeWriter writer, BinanceMarket market, String symbol) {
        void message(long local, Node message) {
            if (message.has("lastUpdateId")) {
                writer.begin(local, time(message, "T"));
                levels(writer, pairs(message.get("bids")), pairs(message.get("asks")), whole(message, "lastUpdateId"))
                        .ifPresent(writer::snapshot);
                return;
            }
            Optional<Node> data = message.find("data");
            String stream = message.find("stream").map(Node::asText).orElse("");
            String kind = stream.substring(stream.indexOf('@') + 1);
            if (data.isPresent() && !RecordedSymbols.ofStream(stream).equalsIgnoreCase(symbol)) {
                writer.other(Flaw.OTHER_SYMBOL);
            } else if (data.isPresent() && kind.startsWith("depth")) {
                depth(local, data.get());
            } else if (data.isPresent() && kind.equals("bookTicker")) {
                quote(local, data.get());
            } else if (data.isPresent() && kind.equals("trade")) {
                trade(local, data.get());
            } else {
                writer.other(Flaw.OTHER_MESSAGE);
            }
        }

        private void trade(long local, Node data) {
            writer.begin(local, time(data, "T"));
            boolean bought = !data.get("m").asBoolean();
            double price = number(data.get("p"));
            double size = number(data.get("q"));
            if (data.has("t")) {
                writer.trade(whole(data, "t"), bought, price, size);
            } else {
                writer.trade(bought, price, size);
            }
        }

        private void depth(long local, Node data) {
            writer.begin(local, time(data, market.isSpot() ? "E" : "T"));
            long previous = market.isSpot() ? 0 : whole(data, "pu");
            long last = whole(data, "u");
            levels(writer, pairs(data.get("b")), pairs(data.get("a")), last)
                    .ifPresent(change -> writer.change(whole(data, "U"), last, previous, change));
        }

        private void quote(long local, Node data) {
            writer.begin(local, time(data, "T"));
            double[] bid = {number(data.get("b")), number(data.get("B"))};
            double[] ask = {number(data.get("a")), number(data.get("A"))};
            long update = whole(data, "u");
            levels(writer, List.of(bid), List.of(ask), update).ifPresent(best -> writer.quote(update, best));
        }

        private static long whole(Node node, String name) {
            return node.get(name).asLong();
        }

        private static long time(Node node, String name) {
            return node.find(name)
                    .map(found -> found.asLong() * NANOS_PER_MILLI)
                    .orElse(TapeWriter.UNTOLD);
        }

        private static List<double[]> pairs(Node list) {
            List<double[]> pairs = new ArrayList<>(list.size());
            for (Node pair : list.items()) {
                pairs.add(new double[] {number(pair.at(0)), number(pair.at(1))});
            }
            return pairs;
        }
    }

    /** Messages of Hyperliquid. */
    private record Hyperliquid(TapeWriter writer, String coin, Set<Long> trades) {
        Hyperliquid(TapeWriter writer, String coin) {
            this(writer, coin, new LinkedHashSet<>());
        }

        void message(long local, Node message) {
            String channel = message.get("channel").asText();
            Node data = message.get("data");
            if (channel.equals("l2Book") && !data.get("coin").asText().equals(coin)) {
                writer.other(Flaw.OTHER_SYMBOL);
            } else if (channel.equals("l2Book")) {
                writer.begin(local, data.get("time").asLong() * NANOS_PER_MILLI);
                Node sides = data.get("levels");
                levels(writer, pairs(sides.at(0)), pairs(sides.at(1)), 0).ifPresent(writer::whole);
            } else if (channel.equals("trades")) {
                for (Node trade : data.items()) {
                    trade(local, trade);
                }
            } else {
                writer.other(Flaw.OTHER_MESSAGE);
            }
        }

        private void trade(long local, Node trade) {
            if (!trade.get("coin").asText().equals(coin)) {
                writer.other(Flaw.OTHER_SYMBOL);
                return;
            }
            writer.begin(local, trade.get("time").asLong() * NANOS_PER_MILLI);
            String side = trade.get("side").asText();
            if (trade.has("tid") && !isNew(trade.get("tid").asLong())) {
                writer.count(Flaw.TRADE_AGAIN);
            } else if (side.equals("B") || side.equals("A")) {
                writer.trade(side.equals("B"), number(trade.get("px")), number(trade.get("sz")));
            } else {
                writer.count(Flaw.UNKNOWN_SIDE);
            }
        }

        /** Numbers are hashes, so that the last ones must be remembered. */
        private boolean isNew(long number) {
            boolean isNew = trades.add(number);
            if (trades.size() > REMEMBERED_TRADES) {
                trades.remove(trades.iterator().next());
            }
            return isNew;
        }

        private static List<double[]> pairs(Node list) {
            List<double[]> pairs = new ArrayList<>(list.size());
            for (Node level : list.items()) {
                pairs.add(new double[] {number(level.get("px")), number(level.get("sz"))});
            }
            return pairs;
        }
    }

    /** Rows of a table of sampled levels. */
    private static final class Samples {
        private static final String[] SIDES = {"bids", "asks"};
        private final TapeWriter writer;
        private final int width;
        private final int time;
        private final int mid;
        private final int[][] distance;
        private final int[][] notional;

        Samples(TapeWriter writer, Path file, String header, int levels) throws IOException {
            this.writer = writer;
            List<String> names = List.of(header.split(",", -1));
            width = names.size();
            time = column(file, names, "time_ms");
            mid = column(file, names, "midpoint");
            distance = new int[2][levels];
            notional = new int[2][levels];
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < levels; i++) {
                    distance[side][i] = column(file, names, SIDES[side] + "_distance_" + i);
                    notional[side][i] = column(file, names, SIDES[side] + "_notional_" + i);
                }
            }
        }

        private static int column(Path file, List<String> names, String name) throws IOException {
            int at = names.indexOf(name);
            if (at < 0) {
                throw new IOException(file + ": column '" + name + "' is missing");
            }
            return at;
        }

        /** The time of a row, {@link TapeWriter#UNTOLD} if it has none. */
        long time(String line) {
            String[] fields = line.split(",", time + 2);
            try {
                return fields.length > time ? Long.parseLong(fields[time]) * NANOS_PER_MILLI : TapeWriter.UNTOLD;
            } catch (NumberFormatException none) {
                return TapeWriter.UNTOLD;
            }
        }

        void row(String line) {
            String[] fields = line.split(",", -1);
            try {
                Check.that(fields.length == width, "a row must have " + width + " fields, got " + fields.length);
                long nanos = Long.parseLong(fields[time]) * NANOS_PER_MILLI;
                List<double[]> bids = side(fields, 0);
                List<double[]> asks = side(fields, 1);
                writer.begin(nanos, nanos);
                levels(writer, bids, asks, 0).ifPresent(writer::whole);
            } catch (IllegalArgumentException e) {
                writer.count(Flaw.UNREADABLE);
            }
        }

        private List<double[]> side(String[] fields, int side) {
            List<double[]> levels = new ArrayList<>(distance[side].length);
            double midpoint = Double.parseDouble(fields[mid]);
            for (int i = 0; i < distance[side].length; i++) {
                double price = midpoint * (1 + Double.parseDouble(fields[distance[side][i]]));
                levels.add(new double[] {price, Double.parseDouble(fields[notional[side][i]]) / price});
            }
            return levels;
        }
    }
}
