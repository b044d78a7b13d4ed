package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lama.core.book.BookGenerator;
import org.lama.core.book.BookGenerators;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.sources.BinanceMarket;
import org.lama.core.sources.BookTape;
import org.lama.core.sources.BookTapes;
import org.lama.core.sources.TapeSettings;

/** Finds the feed that a request asks for. */
final class BookLoading {
    private static final int SAMPLED_LEVELS = 15;
    /** A sample in a minute is no silence. */
    private static final java.time.Duration BETWEEN_SAMPLES = java.time.Duration.ofMinutes(5);

    private BookLoading() {}

    static Book load(BookRequest request) throws IOException {
        if (request.isSynthetic()) {
            BookGenerator generator = BookGenerators.named("synthetic");
            BookGenerator.Plan plan = BookGenerator.Plan.of(request.seed(), request.length());
            return Book.of(request, generator.feed(plan), Book.Findings.NONE, generator.planted(plan));
        }
        BookScale scale = request.scale().orElseThrow();
        BookTape tape = tape(request.file().orElseThrow(), request, scale);
        if (tape.events().size() == 0) {
            throw new IOException(request.file().orElseThrow() + ": no row of a book could be read as "
                    + request.format() + " (" + tape.flaws() + "); is it another --format, or another coin (--symbol)?");
        }
        Book.Findings findings = new Book.Findings(tape.flaws(), tape.messages(), tape.shiftNanos());
        return Book.of(request, MemoryFeed.of(tape.events()), findings, List.of());
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
