package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.store.ParquetTable;

class CsvTableTest {
    private static String decimal(double value) {
        AsciiText text = new AsciiText();
        CsvTable.decimal(text, value);
        return text.toString();
    }

    @Test
    void shortNumbersAreWrittenAsTheLongWayWritesThem() {
        Rng rng = Seeds.rng(3, 0);
        for (int i = 0; i < 20_000; i++) {
            double scale = StrictMath.pow(10, (int) (rng.nextDouble() * 20) - 10);
            double value = Math.rint((rng.nextDouble() - 0.5) * 1e6) * scale;
            String text = decimal(value);
            assertThat(Double.parseDouble(text)).isEqualTo(value + 0.0);
            assertThat(new BigDecimal(text)).isEqualByComparingTo(BigDecimal.valueOf(value));
            assertThat(text.length())
                    .isLessThanOrEqualTo(
                            BigDecimal.valueOf(value).toPlainString().length());
        }
    }

    @Test
    void edgesOfNumbersAreDecimals() {
        assertThat(decimal(0)).isEqualTo("0.0");
        assertThat(decimal(5)).isEqualTo("5.0");
        assertThat(decimal(-0.5)).isEqualTo("-0.5");
        assertThat(decimal(1e-8)).isEqualTo("0.00000001");
        assertThat(decimal(1_000_000.12345678)).isEqualTo("1000000.12345678");
        assertThat(decimal(150_962_433.541_234_55)).isEqualTo("150962433.54123455");
        assertThat(decimal(-12_345_678.000_000_01)).isEqualTo("-12345678.00000001");
        assertThat(decimal(1.0 / 3)).isEqualTo("0.3333333333333333");
        assertThat(decimal(1e22)).isEqualTo("10000000000000000000000");
        assertThat(decimal(Double.NaN)).isEmpty();
        assertThat(decimal(Double.POSITIVE_INFINITY)).isEmpty();
    }

    @Test
    void timesAreIsoAlsoBeforeTheEpochAndInsideASecond(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("times.csv");
        CsvTable.write(
                file,
                ParquetTable.builder(4)
                        .times("time", new long[] {-1_000_000_000L, 0, 86_399_000_000_000L, 1_500_000_000L})
                        .texts("note", List.of("a", "b,c", "d", "e"))
                        .build());
        assertThat(file).hasContent("""
                        time,note
                        1969-12-31T23:59:59Z,a
                        1970-01-01T00:00:00Z,"b,c"
                        1970-01-01T23:59:59Z,d
                        1970-01-01T00:00:01.500Z,e
                        """);
    }
}
