package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Book;
import org.lama.backtest.api.BookLadder;
import org.lama.backtest.api.StudyConfig;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The ladder at a moment, and what was wrong in the feed. */
@Command(
        name = "show",
        description = {
            "Shows the levels of a book at a moment, how much of the feed is a valid book, and what was wrong in it.",
            "A book with a hole in its numbers, or crossed, or silent for 10 s, is not valid until its next snapshot."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama book show",
            "  lama book show usdm.gz --format binance-usdm --tick 0.1 --lot 0.001 --at 2024-08-08T23:56:00Z",
            "  lama book show --store market --symbol BINANCE.PERP.BTC-USDT --tick 0.1 --lot 0.001 --levels 20"
        })
final class BookShowCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    BookOptions book;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The moment on the receiver's clock. Default: the end of the feed.")
    @Nullable
    String at;

    @Option(names = "--levels", paramLabel = "N", description = "Levels of each side. Default: 10.")
    int levels = 10;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        Check.atLeast(levels, 1, "levels");
        PrintWriter out = spec.commandLine().getOut();
        try (Book read = book.load(common.json ? spec.commandLine().getErr() : out)) {
            return show(read, out);
        }
    }

    private int show(Book read, PrintWriter out) throws IOException {
        Instant moment = at == null ? read.to() : StudyConfig.time(at);
        BookLadder ladder = read.ladder(moment, levels);
        if (common.json) {
            out.print(Documents.json(node(read, ladder)));
        } else {
            out.println(state(read, ladder));
            out.print(ladder.asText());
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static String state(Book read, BookLadder ladder) {
        Instant moment = ladder.time();
        if (moment.isBefore(read.from())) {
            return "At " + moment + ": NOT VALID, the feed begins at " + read.from();
        }
        String trade = "last trade " + shown(ladder.lastTrade());
        if (moment.isAfter(read.to())) {
            return "At " + moment + ": NOT VALID, the feed ended at " + read.to() + "; below is how it ended, " + trade;
        }
        return "At " + moment + ": " + (ladder.isValid() ? "valid" : "NOT VALID") + ", last row "
                + shown(ladder.ageMillis()) + " ms ago, " + trade + known(ladder);
    }

    private static String known(BookLadder ladder) {
        if (!(ladder.bidsKnownBps() < Double.POSITIVE_INFINITY || ladder.asksKnownBps() < Double.POSITIVE_INFINITY)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%nKnown to %.1f bp below and %.1f bp above the mid; behind that a level shows only once it changed",
                ladder.bidsKnownBps(),
                ladder.asksKnownBps());
    }

    private static Node node(Book read, BookLadder ladder) {
        return Node.object()
                .put("symbol", read.request().symbol())
                .put("rows", read.rows())
                .put("trades", read.trades())
                .put("from", read.from().toString())
                .put("to", read.to().toString())
                .put("validShare", Numbers.of(read.validShare()))
                .put("shiftNanos", read.shiftNanos())
                .put("flaws", BookOptions.flaws(read))
                .put("flawsFrom", BookOptions.flawsFrom(read))
                .put("at", ladder.time().toString())
                .put("valid", ladder.isValid())
                .put("ageMillis", Numbers.of(ladder.ageMillis()))
                .put("lastTrade", Numbers.of(ladder.lastTrade()))
                .put("bidsKnownBps", Numbers.of(ladder.bidsKnownBps()))
                .put("asksKnownBps", Numbers.of(ladder.asksKnownBps()))
                .put("bids", side(ladder.bids()))
                .put("asks", side(ladder.asks()))
                .build();
    }

    private static String shown(double value) {
        return Double.isNaN(value) ? "n/a" : Numbers.text(value);
    }

    private static Node side(List<BookLadder.Level> levels) {
        return Node.array(levels.stream()
                .map(level -> Node.array(List.of(Numbers.of(level.price()), Numbers.of(level.quantity()))))
                .toList());
    }
}
