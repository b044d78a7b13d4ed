package org.lama.backtest.api;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lama.core.base.Check;
import org.lama.core.book.BookGenerator;
import org.lama.core.book.BookGenerators;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.data.DataException;
import org.lama.core.data.StoreSeries;
import org.lama.core.market.InstrumentId;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import org.lama.core.sources.BinanceMarket;
import org.lama.core.sources.BookTape;
import org.lama.core.sources.BookTapes;
import org.lama.core.sources.StoredTape;
import org.lama.core.sources.TapeSettings;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Finds the feed that a request asks for. */
final class BookLoading {
    private static final int SAMPLED_LEVELS = 15;

    /** What ticks are worth does not matter where only rows are looked for. */
    private static final BookScale ANY_SCALE = new BookScale(1e-3, 1e-6);

    private static final Set<RecordKind> FEED =
            Set.of(RecordKind.BOOK_SNAPSHOTS, RecordKind.BOOK_UPDATES, RecordKind.TRADES, RecordKind.QUOTES);

    private static final Closeable NOTHING_OPEN = () -> {};

    private BookLoading() {}

    static Book load(BookRequest request) throws IOException {
        if (request.isSynthetic()) {
            BookGenerator generator = BookGenerators.named("synthetic");
            BookGenerator.Plan plan = BookGenerator.Plan.of(request.seed(), request.length());
            return Book.of(request, generator.feed(plan), Book.Findings.NONE, generator.planted(plan), NOTHING_OPEN);
        }
        if (request.store().isPresent()) {
            return stored(request, request.store().get());
        }
        Path file = request.file().orElseThrow();
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Optional<BookScale> scale = scale(file, request);
        if (scale.isEmpty()) {
            requireRows(file, request);
        }
        BookTape tape = tape(file, request, scale.orElseThrow(() -> unknown(file + " does not show them")));
        requireRows(file, request, tape);
        Book.Findings findings = new Book.Findings(tape.flaws(), tape.firstNanos(), tape.messages(), tape.shiftNanos());
        return Book.of(request, MemoryFeed.of(tape.events()), findings, List.of(), NOTHING_OPEN);
    }

    /** Of a file without rows the steps are not what is missing. */
    private static void requireRows(Path file, BookRequest request) throws IOException {
        BookTape tape;
        try {
            tape = tape(file, request, ANY_SCALE);
        } catch (IllegalArgumentException misfit) {
            return; // there are rows, of other steps
        }
        requireRows(file, request, tape);
    }

    private static void requireRows(Path file, BookRequest request, BookTape tape) throws IOException {
        if (tape.events().size() > 0) {
            return;
        }
        String none = "no row of a book could be read as " + request.format() + " (";
        if (tape.flaws().isEmpty() && tape.messages() == 0) {
            throw new DataException(file.toString(), 0, "", none + "the file is empty)", "record it again");
        }
        List<String> found = new ArrayList<>();
        tape.flaws().forEach((flaw, count) -> found.add(count + " " + Book.name(flaw)));
        throw new IOException(file + ": " + none + String.join(", ", found)
                + "); is it another --format, or another coin (--symbol)?");
    }

    /** The steps that are told, or else those that the file shows; empty if it shows none. */
    private static Optional<BookScale> scale(Path file, BookRequest request) throws IOException {
        if (request.scale().isPresent()) {
            return request.scale();
        }
        return switch (request.format()) {
            case "binance-spot" -> BookTapes.binanceScale(file, BinanceMarket.SPOT, request.named());
            case "binance-usdm" -> BookTapes.binanceScale(file, BinanceMarket.USD_M, request.named());
            case "binance-coinm" -> BookTapes.binanceScale(file, BinanceMarket.COIN_M, request.named());
            case "hyperliquid" -> BookTapes.hyperliquidScale(file, request.named());
            default -> Optional.empty(); // prices of samples are made of distances and have no steps
        };
    }

    private static IllegalArgumentException unknown(String why) {
        return new IllegalArgumentException("--tick and --lot must be given, the venue's smallest steps of price and"
                + " quantity, such as --tick 0.1 --lot 0.001 (BTCUSDT of Binance USD-M): " + why);
    }

    private static Book stored(BookRequest request, DataRequest data) throws IOException {
        MarketStore store = StoreData.open(data);
        try {
            InstrumentId instrument = instrument(store, request.symbol());
            long from = data.from().map(TimeIndex::nanos).orElse(Long.MIN_VALUE);
            long to = data.to().map(TimeIndex::nanos).orElse(Long.MAX_VALUE);
            StoredTape.Part part = new StoredTape.Part(instrument, from, to);
            requireRows(store, part);
            Optional<BookScale> told = request.scale();
            BookScale scale = told.isPresent()
                    ? told.get()
                    : StoredTape.scale(store, part).orElseThrow(() -> unknown(instrument + " does not show them"));
            StoredTape tape = StoredTape.of(store, part, scale, TapeSettings.DEFAULT);
            Check.that(tape.rows() > 0, "the store has no row of " + instrument + " in this range of time");
            Book.Findings findings =
                    new Book.Findings(tape.flaws(), tape.firstNanos(), tape.messages(), tape.shiftNanos());
            Book book = Book.of(request.withSymbol(instrument.toString()), tape, findings, List.of(), store);
            requireOpen(data, instrument, book);
            return book;
        } catch (IOException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    /** A part without rows would still begin with the book as it stood before, and show no steps. */
    private static void requireRows(MarketStore store, StoredTape.Part part) throws IOException {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (MarketStore.Entry entry : store.catalogue()) {
            if (entry.key().instrument().equals(part.instrument())
                    && FEED.contains(entry.key().kind())) {
                MarketStore.Query query = MarketStore.Query.all(entry.key()).between(part.fromNanos(), part.toNanos());
                try (MarketStore.Batches batches = store.scan(query)) {
                    ParquetTable rows = batches.next();
                    if (rows != null && rows.rows() > 0) {
                        return;
                    }
                }
                first = Math.min(first, entry.fromNanos());
                last = Math.max(last, entry.toNanos());
            }
        }
        throw new DataException(
                part.instrument().toString(),
                0,
                "",
                "no row in this range; the feed holds " + TimeIndex.instant(first) + " .. " + TimeIndex.instant(last),
                "choose --from and --to within it");
    }

    private static InstrumentId instrument(MarketStore store, String symbol) throws IOException {
        Set<InstrumentId> books = new TreeSet<>(Comparator.comparing(InstrumentId::toString));
        for (SeriesKey key : store.keys()) {
            if (key.kind() == RecordKind.BOOK_UPDATES || key.kind() == RecordKind.BOOK_SNAPSHOTS) {
                books.add(key.instrument());
            }
        }
        List<InstrumentId> named = StoreSeries.named(books, symbol);
        List<String> names = books.stream().map(InstrumentId::toString).toList();
        Check.that(
                named.size() == 1,
                "symbol must mean one book of the store, which has " + names + "; got '" + symbol + "', which means "
                        + (named.isEmpty() ? "none" : named));
        return named.get(0);
    }

    /** A seal by name closes books as it closes bars. */
    private static void requireOpen(DataRequest data, InstrumentId instrument, Book book) throws IOException {
        Optional<Seal.Kept> seal = Seals.closing(data, List.of(instrument.toString()));
        if (seal.isPresent() && TimeIndex.nanos(book.to()) >= seal.get().seal().fromNanos()) {
            throw new IOException(instrument + ": seal " + seal.get().number() + " keeps it closed from "
                    + TimeIndex.instant(seal.get().seal().fromNanos()) + " on; end before that with --to");
        }
    }

    private static BookTape tape(Path file, BookRequest request, BookScale scale) throws IOException {
        TapeSettings usual = TapeSettings.DEFAULT;
        return switch (request.format()) {
            case "binance-spot" -> BookTapes.binance(file, BinanceMarket.SPOT, request.named(), scale, usual);
            case "binance-usdm" -> BookTapes.binance(file, BinanceMarket.USD_M, request.named(), scale, usual);
            case "binance-coinm" -> BookTapes.binance(file, BinanceMarket.COIN_M, request.named(), scale, usual);
            case "hyperliquid" -> BookTapes.hyperliquid(file, request.named(), scale, usual);
            default ->
                BookTapes.sampledLevels(
                        file,
                        SAMPLED_LEVELS,
                        scale,
                        new TapeSettings(Book.BETWEEN_SAMPLES, usual.leastLatency(), false));
        };
    }
}
