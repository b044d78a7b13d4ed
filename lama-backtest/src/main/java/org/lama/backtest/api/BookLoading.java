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
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Finds the feed that a request asks for. */
final class BookLoading {
    private static final int SAMPLED_LEVELS = 15;

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
        BookTape tape = tape(file, request, scale(file, request));
        if (tape.events().size() == 0) {
            List<String> found = new ArrayList<>();
            tape.flaws().forEach((flaw, count) -> found.add(count + " " + Book.name(flaw)));
            throw new IOException(file + ": no row of a book could be read as " + request.format() + " ("
                    + (found.isEmpty() ? "the file is empty" : String.join(", ", found))
                    + "); is it another --format, or another coin (--symbol)?");
        }
        Book.Findings findings = new Book.Findings(tape.flaws(), tape.firstNanos(), tape.messages(), tape.shiftNanos());
        return Book.of(request, MemoryFeed.of(tape.events()), findings, List.of(), NOTHING_OPEN);
    }

    private static BookScale scale(Path file, BookRequest request) throws IOException {
        Optional<BookScale> scale = request.scale();
        if (scale.isEmpty()) {
            scale = switch (request.format()) {
                case "binance-spot" -> BookTapes.binanceScale(file, BinanceMarket.SPOT, request.named());
                case "binance-usdm" -> BookTapes.binanceScale(file, BinanceMarket.USD_M, request.named());
                case "binance-coinm" -> BookTapes.binanceScale(file, BinanceMarket.COIN_M, request.named());
                case "hyperliquid" -> BookTapes.hyperliquidScale(file, request.symbol());
                default -> Optional.empty(); // prices of samples are made of distances and have no steps
            };
        }
        return scale.orElseThrow(() -> unknown(file + " does not show them"));
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
            case "hyperliquid" -> BookTapes.hyperliquid(file, request.symbol(), scale, usual);
            default ->
                BookTapes.sampledLevels(
                        file,
                        SAMPLED_LEVELS,
                        scale,
                        new TapeSettings(Book.BETWEEN_SAMPLES, usual.leastLatency(), false));
        };
    }
}
