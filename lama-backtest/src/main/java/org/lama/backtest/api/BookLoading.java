package org.lama.backtest.api;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
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
    /** A sample in a minute is no silence. */
    private static final Duration BETWEEN_SAMPLES = Duration.ofMinutes(5);

    private static final Closeable NOTHING_OPEN = () -> {};

    private BookLoading() {}

    static Book load(BookRequest request) throws IOException {
        if (request.isSynthetic()) {
            BookGenerator generator = BookGenerators.named("synthetic");
            BookGenerator.Plan plan = BookGenerator.Plan.of(request.seed(), request.length());
            return Book.of(request, generator.feed(plan), Book.Findings.NONE, generator.planted(plan), NOTHING_OPEN);
        }
        BookScale scale = request.scale().orElseThrow();
        if (request.store().isPresent()) {
            return stored(request, request.store().get(), scale);
        }
        Path file = request.file().orElseThrow();
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        BookTape tape = tape(request.file().orElseThrow(), request, scale);
        if (tape.events().size() == 0) {
            throw new IOException(
                    request.file().orElseThrow() + ": no row of a book could be read as " + request.format() + " ("
                            + tape.flaws() + "); is it another --format, or another coin (--symbol)?");
        }
        Book.Findings findings = new Book.Findings(tape.flaws(), tape.firstNanos(), tape.messages(), tape.shiftNanos());
        return Book.of(request, MemoryFeed.of(tape.events()), findings, List.of(), NOTHING_OPEN);
    }

    private static Book stored(BookRequest request, DataRequest data, BookScale scale) throws IOException {
        MarketStore store = StoreData.open(data);
        try {
            InstrumentId instrument = instrument(store, request.symbol());
            long from = data.from().map(TimeIndex::nanos).orElse(Long.MIN_VALUE);
            long to = data.to().map(TimeIndex::nanos).orElse(Long.MAX_VALUE);
            StoredTape tape =
                    StoredTape.of(store, new StoredTape.Part(instrument, from, to), scale, TapeSettings.DEFAULT);
            Check.that(tape.rows() > 0, "the store has no row of " + instrument + " in this range of time");
            Book.Findings findings = new Book.Findings(tape.flaws(), tape.firstNanos(), tape.messages(), tape.shiftNanos());
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
        if (!SealGate.isNeeded(data)) {
            return;
        }
        Optional<Seal.Kept> seal = Seals.closing(data, instrument.toString());
        if (seal.isPresent() && TimeIndex.nanos(book.to()) >= seal.get().seal().fromNanos()) {
            throw new IOException(instrument + ": seal " + seal.get().number() + " keeps it closed from "
                    + TimeIndex.instant(seal.get().seal().fromNanos()) + " on; end before that with --to");
        }
    }

    private static BookTape tape(Path file, BookRequest request, BookScale scale) throws IOException {
        TapeSettings usual = TapeSettings.DEFAULT;
        return switch (request.format()) {
            case "binance-spot" -> BookTapes.binance(file, BinanceMarket.SPOT, scale, usual);
            case "binance-usdm" -> BookTapes.binance(file, BinanceMarket.USD_M, scale, usual);
            case "binance-coinm" -> BookTapes.binance(file, BinanceMarket.COIN_M, scale, usual);
            case "hyperliquid" -> BookTapes.hyperliquid(file, request.symbol(), scale, usual);
            default ->
                BookTapes.sampledLevels(
                        file, SAMPLED_LEVELS, scale, new TapeSettings(BETWEEN_SAMPLES, usual.leastLatency(), false));
        };
    }
}
