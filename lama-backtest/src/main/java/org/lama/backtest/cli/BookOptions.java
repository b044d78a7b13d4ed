package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Book;
import org.lama.backtest.api.BookRequest;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.StudyConfig;
import org.lama.core.base.Check;
import org.lama.core.book.BookScale;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which feed of an order book a command reads. */
final class BookOptions {
    private static final String ONE_MARKET =
            "name one market: commands about books read one at a time; run this once for"
                    + " each (in Java, Replay.run takes several at once)";

    private static final double USUAL_MINUTES = BookRequest.SYNTHETIC_LENGTH.toMinutes();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A recorded feed, gzip or plain. Without FILE, --store or --db the synthetic book is read.")
    @Nullable
    Path file;

    /** Taken only to say what to do instead. */
    @Parameters(index = "1..*", hidden = true)
    List<String> more = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Of FILE: binance-spot, binance-usdm, binance-coinm, hyperliquid or sampled-levels.")
    @Nullable
    String format;

    @Option(
            names = "--tick",
            paramLabel = "SIZE",
            description = "The venue's smallest step of price, such as 0.1. Default: the one that the feed shows.")
    @Nullable
    Double tick;

    @Option(
            names = "--lot",
            paramLabel = "SIZE",
            description = "The venue's smallest step of quantity, such as 0.001. Default: the one that the feed shows.")
    @Nullable
    Double lot;

    @Option(
            names = "--symbol",
            paramLabel = "NAME",
            description =
                    "The instrument of a store, the coin of hyperliquid, the one to read of a file of Binance with"
                            + " several; else a name for the result.")
    @Nullable
    String symbol;

    @Mixin
    StoreOption store = new StoreOption();

    @Option(names = "--from", paramLabel = "TIME", description = "Of a store: first time, such as 2024-01-01.")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Of a store: stop before this time (exclusive).")
    @Nullable
    String to;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the synthetic book. Default: 42.")
    long seed = 42;

    @Option(names = "--minutes", paramLabel = "N", description = "Length of the synthetic book. Default: 60.")
    double minutes = USUAL_MINUTES;

    /** What was asked for. */
    BookRequest request() {
        Check.that(more.isEmpty(), ONE_MARKET + ", got " + file + " and " + String.join(", ", more));
        Check.that(symbol == null || symbol.indexOf(',') < 0, ONE_MARKET + ", got --symbol " + symbol);
        boolean stored = store.folder != null || store.database != null;
        Check.that(file == null || !stored, "name the feed once: a FILE, --store or --db");
        boolean ranged = from != null || to != null;
        Check.that(!ranged || stored, "--from and --to cut feeds of a store; leave them out here");
        if (file != null && ParquetStore.isStore(file)) {
            throw new IllegalArgumentException(Wording.typed(file) + " is a store; name it with --store "
                    + Wording.typed(file) + " --symbol NAME");
        }
        BookRequest request = stored ? stored() : file == null ? synthetic() : recorded(file);
        return symbol == null ? request : request.withSymbol(symbol);
    }

    private BookRequest synthetic() {
        Check.that(format == null, "--format is of a FILE; name one, or leave --format out for the synthetic book");
        Check.that(tick == null && lot == null, "the synthetic book has its own steps; leave --tick and --lot out");
        Check.that(minutes > 0 && minutes <= 1e6, "minutes must be in (0, 1000000], got " + Numbers.text(minutes));
        return BookRequest.synthetic(seed, Duration.ofNanos(Math.round(minutes * 60e9)));
    }

    private BookRequest recorded(Path named) {
        Check.that(format != null, "--format must be given with a FILE, one of " + BookRequest.FORMATS);
        return BookRequest.of(named, Check.notNull(format, "format"), scale());
    }

    private BookRequest stored() {
        Check.that(format == null, "--format is of a FILE; leave it out for a store");
        Check.that(symbol != null, "--symbol must name the instrument of the store; 'lama data ls' lists them");
        DataRequest data = store.request()
                .withRange(
                        Optional.ofNullable(from).map(StudyConfig::time),
                        Optional.ofNullable(to).map(StudyConfig::time));
        return BookRequest.ofStore(data, Check.notNull(symbol, "symbol"), scale());
    }

    private Optional<BookScale> scale() {
        Check.that((tick == null) == (lot == null), "--tick and --lot must be given together, or left out both");
        return tick == null || lot == null ? Optional.empty() : Optional.of(new BookScale(tick, lot));
    }

    /** How often something was wrong, by name. */
    static Node flaws(Book book) {
        Node.Fields flaws = Node.object();
        book.flaws().forEach(flaws::put);
        return flaws.build();
    }

    /** When it was seen first. */
    static Node flawsFrom(Book book) {
        Node.Fields first = Node.object();
        book.flawsFrom().forEach((name, time) -> first.put(name, time.toString()));
        return first.build();
    }

    /** Reads the feed and tells people what it is. */
    Book load(PrintWriter people) throws IOException {
        BookRequest request = request();
        if (request.isSynthetic()) {
            people.println("SYNTHETIC book: generated events. The result is about the machinery, not about any coin.");
        }
        Book book = Lama.book(request);
        people.print(Errors.printableLines(book.explain()));
        people.flush();
        return book;
    }
}
