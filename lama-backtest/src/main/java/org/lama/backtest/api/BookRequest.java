package org.lama.backtest.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.book.BookScale;

/**
 * Which order book is wanted: a recorded feed in a file, one of a store, or the synthetic one. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookRequest {
    /** What files can hold, by the word that names it. */
    public static final List<String> FORMATS =
            List.of("binance-spot", "binance-usdm", "binance-coinm", "hyperliquid", "sampled-levels");

    /** Length of the synthetic feed where nothing else is said. */
    public static final Duration SYNTHETIC_LENGTH = Duration.ofMinutes(60);

    private static final String SYNTHETIC = "SYNTHETIC";

    private final Optional<Path> file;
    private final String format;
    private final Optional<BookScale> scale;
    private final Optional<DataRequest> store;
    private final String symbol;
    private final long seed;
    private final Duration length;
    private final boolean isNamed;

    private BookRequest(
            Optional<Path> file,
            String format,
            Optional<BookScale> scale,
            Optional<DataRequest> store,
            String symbol,
            long seed,
            Duration length,
            boolean isNamed) {
        this.file = file;
        this.format = format;
        this.scale = scale;
        this.store = store;
        this.symbol = Check.notBlank(symbol, "symbol");
        this.seed = seed;
        this.length = length;
        this.isNamed = isNamed;
    }

    /**
     * A recorded feed with the steps that it is told to have.
     *
     * @param file gzip or plain, a message in a line, or a table of sampled levels
     * @param format one of {@link #FORMATS}
     * @param scale the venue's smallest steps of price and quantity
     * @return the request, for a symbol named after the file
     */
    public static BookRequest of(Path file, String format, BookScale scale) {
        return of(file, format, Optional.of(scale));
    }

    /**
     * A recorded feed.
     *
     * @param file gzip or plain, a message in a line, or a table of sampled levels
     * @param format one of {@link #FORMATS}
     * @param scale the venue's smallest steps of price and quantity; empty for those that the file shows
     * @return the request, for a symbol named after the file
     */
    public static BookRequest of(Path file, String format, Optional<BookScale> scale) {
        Check.that(
                FORMATS.contains(format),
                "format must be one of " + FORMATS + ", got '" + format + "'" + Suggestion.alike(format, FORMATS));
        Path name = Check.notNull(file, "file").getFileName();
        String stem = String.valueOf(name).replaceFirst("(?i)(\\.(csv|txt|json|jsonl))?(\\.gz)?$", "");
        return new BookRequest(
                Optional.of(file),
                format,
                scale,
                Optional.empty(),
                stem.isBlank() ? format : stem,
                0,
                SYNTHETIC_LENGTH,
                false);
    }

    /**
     * A generated feed.
     *
     * @param seed of the generator
     * @param length how long it lasts, above 0
     * @return the request
     */
    public static BookRequest synthetic(long seed, Duration length) {
        Check.that(length.toNanos() > 0, "length must be > 0, got " + length);
        return new BookRequest(
                Optional.empty(), "synthetic", Optional.empty(), Optional.empty(), SYNTHETIC, seed, length, false);
    }

    /**
     * A feed that was stored: changes, snapshots and trades of one instrument.
     *
     * @param store the store; its range of time holds
     * @param symbol the instrument
     * @param scale the venue's smallest steps of price and quantity; empty for those that the store shows
     * @return the request
     */
    public static BookRequest ofStore(DataRequest store, String symbol, Optional<BookScale> scale) {
        return new BookRequest(Optional.empty(), "store", scale, Optional.of(store), symbol, 0, SYNTHETIC_LENGTH, true);
    }

    /**
     * The same under another name; of a Hyperliquid file the coin, of one of Binance with several symbols the one to read.
     *
     * @param name not blank
     * @return a copy
     */
    public BookRequest withSymbol(String name) {
        return new BookRequest(file, format, scale, store, name, seed, length, true);
    }

    /** The symbol if it was named, else no word. */
    String named() {
        return isNamed ? symbol : "";
    }

    /**
     * The file, if it is one.
     *
     * @return empty for the synthetic feed and for stores
     */
    public Optional<Path> file() {
        return file;
    }

    /**
     * How the feed is written: one of {@link #FORMATS}, {@code store} or {@code synthetic}.
     *
     * @return a word
     */
    public String format() {
        return format;
    }

    /**
     * The steps of price and quantity.
     *
     * @return empty for the synthetic feed, which has its own, and where the feed is to show them
     */
    public Optional<BookScale> scale() {
        return scale;
    }

    /**
     * The store, if it is one.
     *
     * @return empty for files and the synthetic feed
     */
    public Optional<DataRequest> store() {
        return store;
    }

    /**
     * What is traded.
     *
     * @return its name
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Seed of the synthetic feed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * Length of the synthetic feed.
     *
     * @return above 0
     */
    public Duration length() {
        return length;
    }

    /**
     * Whether the feed is generated.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return file.isEmpty() && store.isEmpty();
    }

    /** Where its trial ledger lies: beside the file or the store. */
    DataRequest beside() {
        return store.orElseGet(() -> file.map(DataRequest::of).orElseGet(DataRequest::synthetic));
    }
}
