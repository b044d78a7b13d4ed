package org.lama.core.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

class IndicatorsTest {
    private static Frame bars(int rows) {
        long[] times = new long[rows];
        Arrays.setAll(times, t -> 1_000L * t);
        Frame frame = Frame.of(
                "TEST", TimeIndex.of(times), 1_000, new Provenance(Provenance.Kind.SYNTHETIC, "oracle", "", ""));
        for (String name : List.of("open", "high", "low", "close", "volume")) {
            frame = frame.with(name, Arrays.copyOf(OracleBars.column(name), rows));
        }
        return frame;
    }

    @Test
    void everyNameHasADescriptionThatItsIndicatorKeeps() {
        assertThat(Indicators.names()).hasSize(43).doesNotHaveDuplicates();
        for (String name : Indicators.names()) {
            Indicators.Description description = Indicators.describe(name);
            Indicator indicator = Indicators.of(name);
            assertThat(description.name()).isEqualTo(name);
            assertThat(description.title()).isNotBlank();
            assertThat(indicator.inputs()).isEqualTo(description.inputs());
            assertThat(indicator.lines()).isEqualTo(description.lines());
            assertThat(Indicators.parse(indicator.label()).label()).isEqualTo(indicator.label());
            assertThat(indicator).hasToString(indicator.label());
        }
    }

    @Test
    void parametersComeInOrderOrByNameAndElseAreTheDefaults() {
        assertThat(Indicators.of("macd").label()).isEqualTo("macd(12,26,9)");
        assertThat(Indicators.of("macd", 5).label()).isEqualTo("macd(5,26,9)");
        assertThat(Indicators.of("bbands", Map.of("up", 2.5)).label()).isEqualTo("bbands(20,2.5,2)");
        assertThat(Indicators.parse(" bbands( 10 , down = 1 ) ").label()).isEqualTo("bbands(10,2,1)");
        assertThat(Indicators.parse("obv()").label()).isEqualTo("obv");
        assertThat(Indicators.parse("rsi").label()).isEqualTo("rsi(14)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smma|did you mean 'sma'?",
                "bband(20)|did you mean 'bbands'?",
                "sma(windw=3)|sma has the parameters [window], not 'windw'; did you mean 'window'?",
                "sma(3,4)|sma has the parameters [window], got 'sma(3,4)'",
                "sma(0)|window must be in [1, 10000000], got 0",
                "sma(2.5)|window must be a whole number, got 2.5",
                "sma(x)|window must be a number, got 'x'",
                "sma(3|indicator must end with ')', got 'sma(3'",
                "macd(30,20)|fast must be <= slow 20, got 30",
                "ppo(30,20)|fast must be <= slow 20, got 30",
                "t3(5,1.5)|volume must be in [0, 1], got 1.5",
                "linreg(1)|window must be in [2, 10000000], got 1"
            })
    void wrongTextIsNamedWithWhatIsNearest(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Indicators.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void tooManyParametersInOrderAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Indicators.of("rsi", 14, 2))
                .withMessage("rsi has the parameters [window], got 2 values");
    }

    @Test
    void aFrameGetsOneColumnPerLineNamedByTheLabel() {
        Frame frame = bars(200);
        Frame more = Indicators.addTo(Indicators.addTo(frame, Indicators.parse("sma(20)")), Indicators.parse("macd"));
        assertThat(more.columnNames())
                .containsExactly(
                        "open",
                        "high",
                        "low",
                        "close",
                        "volume",
                        "sma(20)",
                        "macd(12,26,9).macd",
                        "macd(12,26,9).signal",
                        "macd(12,26,9).histogram");
        assertThat(more.column("sma(20)").toArray()[19]).isCloseTo(OracleBars.column("sma_20")[19], within(1e-9));
    }

    @Test
    void otherColumnsMayBeGivenAndAreNamed() {
        Frame more = Indicators.addTo(bars(100), Indicators.of("correl", 30), List.of("high", "low"));
        assertThat(more.columnNames()).contains("correl(30)[high,low]");
        assertThat(more.column("correl(30)[high,low]").toArray()[99])
                .isCloseTo(OracleBars.column("correl_30")[99], within(1e-9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Indicators.addTo(bars(10), Indicators.of("correl")))
                .withMessageContaining("column 'first' is not in frame TEST");
    }
}
