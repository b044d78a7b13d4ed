package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.TimeSource;

final class SealTest {
    private static final TimeSource CLOCK = TimeSource.fixed(1_700_000_000_000_000_000L);
    private static final Seal SEAL =
            new Seal("sum", Map.of("BTCUSD", List.of("aa", "bb"), "ETHUSD", List.of()), 100, 200);

    @TempDir
    Path directory;

    private TrialLedger ledger() {
        return TrialLedger.in(directory, CLOCK);
    }

    private static Seal window(long from, long to) {
        return new Seal("other", Map.of("BTCUSD", List.of("cc")), from, to);
    }

    @Test
    void aSealIsKeptBesideTheTrialsInOneChain() throws IOException {
        ledger().append(new Trial("1", "s", "d", 0, 10, Map.of()));
        Seal.Kept kept = ledger().seal(SEAL);
        assertThat(kept.number()).isEqualTo(1);
        assertThat(kept.holds()).isTrue();
        ledger().append(new Trial("1", "t", "d", 0, 10, Map.of()));
        TrialLedger.Contents contents = ledger().contents();
        assertThat(contents.trials()).hasSize(2);
        assertThat(contents.seals()).containsExactly(kept);
        assertThat(contents.seals().get(0).seal()).isEqualTo(SEAL);
        assertThat(contents.seals().get(0).sealedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(TrialLedger.verify(directory).isSound()).isTrue();
        assertThat(TrialLedger.verify(directory).soundLines()).isEqualTo(4);
    }

    @Test
    void aSealIsBrokenOnceAndItsWindowIsSpentForGood() throws IOException {
        ledger().seal(SEAL);
        Seal.Kept broken = ledger().unseal(1, "the final \"look\"");
        assertThat(broken.holds()).isFalse();
        assertThat(broken.reason()).isEqualTo("the final \"look\"");
        assertThat(ledger().contents().seals()).containsExactly(broken);
        assertThatThrownBy(() -> ledger().unseal(1, "again")).hasMessageContaining("seal 1 was broken at");
        assertThatThrownBy(() -> ledger().seal(window(150, 300))).hasMessageContaining("is spent; seal data that came");
        assertThat(ledger().seal(window(200, 300)).number()).isEqualTo(2);
        assertThat(ledger().contents().seals()).hasSize(2);
    }

    @Test
    void aSealOverASealIsRefusedAndAnotherInstrumentIsNot() throws IOException {
        ledger().seal(SEAL);
        assertThatThrownBy(() -> ledger().seal(window(150, 300)))
                .hasMessageContaining("holds over")
                .hasMessageContaining("already; a window is sealed once");
        ledger().seal(new Seal("x", Map.of("SOLUSD", List.of()), 150, 300));
        assertThat(ledger().contents().seals()).hasSize(2);
        assertThatThrownBy(() -> ledger().unseal(3, "r"))
                .hasMessageContaining("seal must be one of the 2 in the ledger");
        assertThatThrownBy(() -> ledger().unseal(0, "r")).hasMessageContaining("got 0");
        assertThatThrownBy(() -> ledger().unseal(1, " ")).hasMessageContaining("reason must not be blank");
    }

    @Test
    void aChangedOrInventedSealLineIsFound() throws IOException {
        ledger().seal(SEAL);
        ledger().unseal(1, "look");
        String whole = Files.readString(ledger().file());
        for (String[] change : new String[][] {
            {"\"from\":\"1970-01-01T00:00:00.000000100Z\"", "\"from\":\"1970-01-01T00:00:00.000000150Z\""},
            {"\"unseal\":\"1\"", "\"unseal\":\"2\""},
            {"\"unseal\":\"1\"", "\"unseal\":\"x\""},
            {"\"instruments\":{", "\"instrument\":{"},
            {"\"BTCUSD\":\"aa bb\"", "\"btc-usd\":\"aa bb\""},
            {"\"BTCUSD\":\"aa bb\"", "\"BTCUSD\":5"},
            {"\"seal\":{\"dataChecksum\":\"sum\"", "\"seal\":{\"dataChecksum\":7"},
        }) {
            assertThat(whole).contains(change[0]);
            Files.writeString(ledger().file(), whole.replace(change[0], change[1]));
            assertThat(TrialLedger.verify(directory).isSound()).as(change[1]).isFalse();
            assertThatThrownBy(() -> ledger().contents()).hasMessageContaining("is damaged");
        }
        // A text that looks like a seal stays a text.
        Files.writeString(ledger().file(), whole);
        ledger().append(new Trial("1,\"seal\":{", "s", "d", 0, 10, Map.of()));
        assertThat(ledger().contents().trials()).hasSize(1);
        assertThat(ledger().contents().seals()).hasSize(1);
    }

    @Test
    void aSealLineThatWasCutIsSetAsideByTheNextOne() throws IOException {
        ledger().append(new Trial("1", "s", "d", 0, 10, Map.of()));
        ledger().seal(SEAL);
        String whole = Files.readString(ledger().file());
        Files.writeString(ledger().file(), whole.substring(0, whole.length() - 20));
        // the crash came before the line was remembered
        Files.delete(directory.resolve("trials.head"));
        assertThat(ledger().contents().seals()).isEmpty();
        assertThat(ledger().seal(SEAL).number()).isEqualTo(1);
        assertThat(directory.resolve("trials.torn")).exists();
        assertThat(TrialLedger.verify(directory).isSound()).isTrue();
    }

    @Test
    void spellingsOfAnInstrumentAreOne() {
        assertThat(Seal.instrument("btc-usd")).isEqualTo("BTCUSD");
        assertThat(Seal.instrument("BTC/USD")).isEqualTo("BTCUSD");
        assertThat(Seal.instrument("^.^")).isEqualTo("^.^");
        assertThat(SEAL.names("Btc_Usd")).isTrue();
        assertThat(SEAL.names("BTCUSDT")).isFalse();
        assertThat(SEAL.fingerprints()).containsExactly("aa", "bb");
    }

    @Test
    void fingerprintsTellBarsApartAndAreSpacedEvenly() {
        String print = Seal.fingerprint(5, 1.0, 2.0);
        assertThat(print).matches("[0-9a-f]{16}").isEqualTo(Seal.fingerprint(5, 1.0, 2.0));
        assertThat(Seal.fingerprint(6, 1.0, 2.0)).isNotEqualTo(print);
        assertThat(Seal.fingerprint(5, 1.0, Math.nextUp(2.0))).isNotEqualTo(print);
        assertThat(Seal.fingerprintRows(10, 13)).containsExactly(10, 11, 12);
        assertThat(Seal.fingerprintRows(7, 8)).containsExactly(7);
        assertThat(Seal.fingerprintRows(7, 7)).isEmpty();
        int[] many = Seal.fingerprintRows(100, 1_000_100);
        assertThat(many)
                .hasSize(Seal.FINGERPRINTS)
                .startsWith(100)
                .endsWith(1_000_099)
                .doesNotHaveDuplicates();
    }

    @Test
    void badSealsAreRefused() {
        assertThatThrownBy(() -> new Seal("d", Map.of(), 0, 1))
                .hasMessageContaining("instruments must name at least one");
        assertThatThrownBy(() -> window(5, 5)).hasMessageContaining("toNanos must be after fromNanos=5");
        assertThatThrownBy(() -> new Seal("d", Map.of("btc", List.of()), 0, 1))
                .hasMessageContaining("instrument must be BTC, got btc");
    }
}
