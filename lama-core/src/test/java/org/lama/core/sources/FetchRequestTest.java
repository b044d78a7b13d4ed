package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.store.RecordKind;

class FetchRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "BTC..USDT",
                "x'); drop table bars; --",
                "BTC USDT",
                "",
                "/BTC",
                "BTC\nUSDT",
                "BTC?x=1",
                "BTC%2e%2e",
                "-BTC"
            })
    void symbolsThatClimbOrCommandAreRefused(String symbol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FetchRequest.of(List.of(symbol), RecordKind.TRADES, 0, 1))
                .withMessageContaining("symbol must be letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTCUSDT", "BTC-USD", "BTC/USDT", "BTC_260327", "btcusdt", "^GSPC", "EURUSD=X", "币安人生USDT"})
    void symbolsOfVenuesArePassed(String symbol) {
        assertThat(FetchRequest.bars(List.of(symbol), "1h", 0, 1).symbols()).containsExactly(symbol);
    }

    @ParameterizedTest
    @CsvSource({"1s,1", "1m,60", "15m,900", "4h,14400", "1d,86400", "1w,604800"})
    void intervalsAreRead(String text, long seconds) {
        assertThat(FetchRequest.interval(text)).isEqualTo(seconds * 1_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0m", "m", "1M", "1y", "-1h", "1.5h", "999999d"})
    void otherIntervalsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FetchRequest.interval(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void aRequestWithoutSymbolRangeOrWithTheWrongLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FetchRequest.bars(List.of(), "1h", 0, 1))
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FetchRequest.bars(List.of("A"), "1h", 1, 1))
                .withMessageContaining("from must lie before to");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FetchRequest(List.of("A"), RecordKind.BARS, 0, 0, 1))
                .withMessageContaining("barNanos");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FetchRequest(List.of("A"), RecordKind.TRADES, 60, 0, 1))
                .withMessageContaining("barNanos");
    }

    @Test
    void copiesChangeOneThing() {
        FetchRequest request = FetchRequest.bars(List.of("A", "B"), "1h", 0, 10);
        assertThat(request.only("B").symbols()).containsExactly("B");
        assertThat(request.of(List.of("C")).symbols()).containsExactly("C");
        assertThat(request.between(3, 4))
                .isEqualTo(new FetchRequest(List.of("A", "B"), RecordKind.BARS, 3_600_000_000_000L, 3, 4));
    }
}
