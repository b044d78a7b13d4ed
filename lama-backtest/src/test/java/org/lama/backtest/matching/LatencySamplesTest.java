package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencySamplesTest {
    @TempDir
    private Path folder;

    private LatencySamples read(String text) throws IOException {
        return LatencySamples.read(Files.writeString(folder.resolve("latency.csv"), text));
    }

    @Test
    void aTableIsReadByTheNamesOfItsColumns() throws IOException {
        LatencySamples samples =
                read("_padding, resp_ts,req_ts,exch_ts\n0,130,100,110\n\n0,260,200,0\n0,330,300,310,more\n");
        assertThat(samples.size()).isEqualTo(3);
        assertThat(samples.failed()).isOne();
        assertThat(samples.sentNanos(1)).isEqualTo(200);
        assertThat(samples.matchedNanos(2)).isEqualTo(310);
        assertThat(samples.heardNanos(0)).isEqualTo(130);
        assertThat(samples.leastRequestNanos()).isEqualTo(10);
        assertThat(OrderLatency.Measured.of(samples).requestNanos(300)).isEqualTo(10);
    }

    @Test
    void aLongTableIsReadWhole() throws IOException {
        StringBuilder text = new StringBuilder("req_ts,exch_ts,resp_ts\n");
        for (int i = 1; i <= 1000; i++) {
            text.append(100 * i)
                    .append(',')
                    .append(100 * i + 10)
                    .append(',')
                    .append(100 * i + 30)
                    .append('\n');
        }
        LatencySamples samples = read(text.toString());
        assertThat(samples.size()).isEqualTo(1000);
        assertThat(samples.heardNanos(999)).isEqualTo(100_030);
    }

    @Test
    void aVenueWhoseClockIsBehindIsFoundAndShifted() {
        LatencySamples samples =
                LatencySamples.of(new long[] {100, 200, 300}, new long[] {60, 0, 270}, new long[] {140, 260, 340});
        assertThat(samples.leastRequestNanos()).isEqualTo(-40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderLatency.Drawn.of(samples, 1))
                .withMessageContaining("shift the venue's clock");
        LatencySamples moved = samples.withVenueShifted(50);
        assertThat(moved.matchedNanos(0)).isEqualTo(110);
        assertThat(moved.matchedNanos(1)).as("failed stays failed").isZero();
        assertThat(OrderLatency.Measured.of(moved).answerNanos(110)).isEqualTo(30);
        assertThat(LatencySamples.of(new long[1], new long[1], new long[1]).leastRequestNanos())
                .isZero();
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class).hasMessageContaining("req_ts");
        assertThatThrownBy(() -> read("req_ts,exch_ts\n1,2\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("resp_ts");
        assertThatThrownBy(() -> read("req_ts,exch_ts,resp_ts\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no sample");
        assertThatThrownBy(() -> read("req_ts,exch_ts,resp_ts\n1,2,x\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("resp_ts must be whole nanoseconds, got '1,2,x'");
        assertThatThrownBy(() -> read("req_ts,exch_ts,resp_ts\n1,2\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LatencySamples.read(folder.resolve("none.csv")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.csv");
        assertThatIllegalArgumentException().isThrownBy(() -> LatencySamples.of(new long[0], new long[0], new long[0]));
    }

    @Test
    void drawnTimesAreThoseOfSamplesAndEqualForEqualSeeds() {
        LatencySamples samples = LatencySamples.of(
                new long[] {100, 200, 300, 400}, new long[] {101, 0, 303, 404}, new long[] {121, 260, 333, 444});
        OrderLatency first = OrderLatency.Drawn.of(samples, 7);
        OrderLatency again = OrderLatency.Drawn.of(samples, 7);
        OrderLatency other = OrderLatency.Drawn.of(samples, 8);
        int[] requests = new int[4];
        int[] answers = new int[3];
        int different = 0;
        for (long now = 0; now < 40_000; now++) {
            long request = first.requestNanos(now);
            long answer = first.answerNanos(now);
            assertThat(again.requestNanos(now)).isEqualTo(request);
            assertThat(again.answerNanos(now)).isEqualTo(answer);
            different += other.requestNanos(now) == request ? 0 : 1;
            requests[request == 1 ? 0 : request == -60 ? 1 : request == 3 ? 2 : request == 4 ? 3 : -1]++;
            answers[answer == 20 ? 0 : answer == 30 ? 1 : answer == 40 ? 2 : -1]++;
        }
        for (int count : requests) {
            assertThat(count / 40_000.0).as("a quarter, five standard errors").isBetween(0.239, 0.261);
        }
        for (int count : answers) {
            assertThat(count / 40_000.0).isBetween(0.3213, 0.3453);
        }
        assertThat(different / 40_000.0).isBetween(0.73, 0.77);
        LatencySamples failed = LatencySamples.of(new long[] {5}, new long[] {0}, new long[] {5});
        assertThat(OrderLatency.Drawn.of(failed, 1).requestNanos(9))
                .as("fails, if at once")
                .isEqualTo(-1);
        assertThat(OrderLatency.Drawn.of(failed, 1).answerNanos(9)).isZero();
        assertThat(OrderLatency.Measured.of(failed).requestNanos(9)).isEqualTo(-1);
    }
}
