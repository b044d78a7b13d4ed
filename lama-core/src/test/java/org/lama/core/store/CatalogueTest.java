package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.series.Provenance;

class CatalogueTest {
    private static final long START = MarketStoreContract.START;
    private static final long HOUR = MarketStoreContract.HOUR;
    private static final SeriesKey BARS = MarketStoreContract.BARS;
    private static final Provenance ORIGIN = MarketStoreContract.ORIGIN;

    @TempDir
    Path folder;

    private static long[] hours(int... hours) {
        return Arrays.stream(hours).mapToLong(hour -> START + hour * HOUR).toArray();
    }

    @Test
    void gapsOfBarsAreFoundByTheirSpacing() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            store.write(BARS, MarketStoreContract.bars(hours(0, 1, 5, 6, 30_000), 9, 9, 9, 9, 9), ORIGIN, true);
            Catalogue catalogue = Catalogue.of(store);
            assertThat(catalogue.gaps(BARS))
                    .containsExactly(
                            new Catalogue.Gap(START + HOUR, START + 5 * HOUR, 3),
                            new Catalogue.Gap(START + 6 * HOUR, START + 30_000 * HOUR, 29_993));
            assertThat(catalogue.gaps(BARS, 4 * HOUR)).hasSize(1);
            assertThat(catalogue.entry(BARS)).isPresent();
            assertThat(catalogue.entry(MarketStoreContract.FUNDING)).isEmpty();
            assertThat(catalogue.columns().get(0).cells()).isEqualTo(List.of("BINANCE.PERP.BTC-USDT bars 1h"));
            assertThat(catalogue.columns().get(1).cells()).isEqualTo(List.of(5L));
        }
    }

    @Test
    void silencesOfOtherKindsAreAsLongAsOneSays() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            SeriesKey key = MarketStoreContract.TRADES;
            store.write(key, MarketStoreContract.trades(START, HOUR, 30, 1), ORIGIN, true);
            store.write(key, MarketStoreContract.trades(START + 100 * HOUR, HOUR, 3, 1), ORIGIN, true);
            Catalogue catalogue = Catalogue.of(store);
            assertThat(catalogue.gaps(key, HOUR))
                    .containsExactly(new Catalogue.Gap(START + 29 * HOUR, START + 100 * HOUR, 0));
            assertThat(catalogue.gaps(key, 71 * HOUR)).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> catalogue.gaps(key))
                    .withMessageContaining("silence");
            assertThatIllegalArgumentException().isThrownBy(() -> catalogue.gaps(key, 0));
        }
    }

    @Test
    void peopleMayNameAnInstrumentShortly() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            for (String id : List.of("BINANCE.SPOT.BTC-USDT", "BINANCE.PERP.BTC-USDT", "KRAKEN.SPOT.ETH-USD")) {
                store.write(SeriesKey.bars(id, HOUR), MarketStoreContract.bars(hours(0), 9), ORIGIN, true);
            }
            Catalogue catalogue = Catalogue.of(store);
            for (String text : List.of("KRAKEN.SPOT.ETH-USD", "spot.eth-usd", "ETH-USD", "ETHUSD", "eth")) {
                assertThat(catalogue.find(text).toString()).isEqualTo("KRAKEN.SPOT.ETH-USD");
            }
            assertThat(catalogue.find("PERP.BTC-USDT").toString()).isEqualTo("BINANCE.PERP.BTC-USDT");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> catalogue.find("BTC-USDT"))
                    .withMessageContaining("BINANCE.PERP.BTC-USDT, BINANCE.SPOT.BTC-USDT");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> catalogue.find("KRAKEN.SPOT.ETH-USB"))
                    .withMessageContaining("did you mean 'KRAKEN.SPOT.ETH-USD'");
        }
    }

    @Test
    void noDamageToATextThatIsKeptGoesUnnoticed() throws IOException {
        Path file = folder.resolve("notes.json");
        String text = Documents.json(Node.object()
                .put("events", Node.texts(List.of("2024-01-01", "LUNA")))
                .build());
        try (ParquetStore store = ParquetStore.open(folder)) {
            for (String kept : List.of(text, "no JSON, 2024")) {
                store.keepDocument("notes", kept);
                assertThat(store.verify()).isEmpty();
                byte[] whole = Files.readAllBytes(file);
                int noticed = 0;
                for (int at = 0; at < whole.length; at++) {
                    byte[] flipped = whole.clone();
                    flipped[at] ^= 1;
                    for (byte[] damaged : List.of(flipped, Arrays.copyOf(whole, at))) {
                        Files.write(file, damaged);
                        try {
                            // blanks between the parts carry nothing
                            assertThat(store.document("notes")).as("byte " + at).contains(kept);
                        } catch (IOException named) {
                            assertThat(named.getMessage()).contains("notes.json");
                            assertThat(store.verify()).extracting(Issue::where).containsExactly(file.toString());
                            noticed++;
                        }
                    }
                }
                assertThat(noticed).isGreaterThan(whole.length + 64);
            }
            // what somebody puts there by hand is taken, and sealed when it is kept again
            Files.writeString(file, "{\"events\": []}");
            assertThat(store.document("notes")).contains("{\"events\": []}");
            assertThat(store.verify()).isEmpty();
        }
    }
}
