package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.sources.BookTape.Flaw;

class RecordedSymbolsTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final long START_MILLIS = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    private void say(String json) {
        lines.add((START_MILLIS + 100L * lines.size() + 5) * 1_000_000 + " " + json);
    }

    private void trade(String symbol, String price) {
        say("{\"stream\": \"" + symbol + "@trade\",\"data\":{\"T\":" + (START_MILLIS + 100L * lines.size()) + ",\"t\":"
                + (lines.size() + 1) + ",\"p\":\"" + price + "\",\"q\":\"0.5\",\"m\":true}}");
    }

    private void coin(String coin, String price) {
        say("{\"channel\":\"trades\",\"data\":[{\"coin\":\"" + coin + "\",\"px\":\"" + price
                + "\",\"sz\":\"1\",\"side\":\"A\",\"tid\":" + lines.size() + ",\"time\":"
                + (START_MILLIS + 100L * lines.size()) + "}]}");
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("feed.txt"), lines);
    }

    private BookTape binance(String symbol) throws IOException {
        return BookTapes.binance(file(), BinanceMarket.USD_M, symbol, SCALE, TapeSettings.DEFAULT);
    }

    private BookTape hyperliquid(String coin) throws IOException {
        return BookTapes.hyperliquid(file(), coin, SCALE, TapeSettings.DEFAULT);
    }

    private static List<Integer> prints(BookTape tape) {
        List<Integer> prints = new ArrayList<>();
        for (int row = 0; row < tape.events().size(); row++) {
            if (tape.events().kind(row) == BookEvents.SELL) {
                prints.add(tape.events().ticks(row));
            }
        }
        return prints;
    }

    @Test
    void theSymbolIsReadFromTheFirstLineOnWhereverItBegins() throws IOException {
        for (int i = 0; i < 2_500; i++) { // further than the lines that are read ahead
            trade("btcusdt", "99.5");
        }
        trade("ethusdt", "5.0");
        trade("btcusdt", "99.6");
        trade("ethusdt", "5.1");
        BookTape tape = binance("ETHUSDT");
        assertThat(prints(tape)).containsExactly(50, 51);
        assertThat(tape.count(Flaw.OTHER_SYMBOL)).isEqualTo(2_501);
        assertThat(prints(binance(""))).hasSize(2_501).doesNotContain(50, 51);
    }

    @Test
    void anUnknownSymbolAmongSeveralIsRefusedWithThoseThereAre() throws IOException {
        trade("btcusdt", "99.5");
        trade("ethusdt", "5.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> binance("XRPUSDT"))
                .withMessageContaining("feed.txt")
                .withMessageContaining("btcusdt, ethusdt, got 'XRPUSDT'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BookTapes.binanceScale(file(), BinanceMarket.USD_M, "XRPUSDT"))
                .withMessageContaining("btcusdt, ethusdt");
    }

    @Test
    void theOnlySymbolIsReadUnderAnyName() throws IOException {
        trade("btcusdt", "99.5");
        say("{\"stream\":\"!ticker@arr\",\"data\":[]}"); // of all symbols, and the name of none
        assertThat(prints(binance("a name of my own"))).containsExactly(995);
    }

    @Test
    void theFirstCoinIsReadWhereNoneIsAskedForAndAnotherIsRefused() throws IOException {
        say("{\"channel\":\"subscriptionResponse\",\"data\":{\"subscription\":{\"coin\":\"SOL\"}}}");
        coin("BTC", "99.5");
        coin("ETH", "5.0");
        coin("BTC", "99.6");
        assertThat(prints(hyperliquid(""))).containsExactly(995, 996);
        assertThat(prints(hyperliquid("ETH"))).containsExactly(50);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hyperliquid("SOL"))
                .withMessageContaining("BTC, ETH, got 'SOL'");
    }
}
