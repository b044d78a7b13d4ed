package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lama.backtest.matching.OrderLatency.Constant;
import org.lama.backtest.matching.OrderLatency.Measured;

class OrderLatencyTest {
    @Test
    void aConstantIsTheSameAlways() {
        OrderLatency latency = new Constant(3, 4);
        assertThat(latency.requestNanos(0)).isEqualTo(3);
        assertThat(latency.answerNanos(1_000)).isEqualTo(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constant(-1, 0))
                .withMessageContaining("request");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constant(0, -1))
                .withMessageContaining("answer");
    }

    @Test
    void measuredTimesAreLinearBetweenOrdersAndFlatOutside() {
        OrderLatency latency =
                Measured.of(new long[] {100, 200, 400}, new long[] {110, 230, 410}, new long[] {115, 240, 440});
        assertThat(latency.requestNanos(0)).isEqualTo(10);
        assertThat(latency.requestNanos(100)).isEqualTo(10);
        assertThat(latency.requestNanos(150)).isEqualTo(20);
        assertThat(latency.requestNanos(200)).isEqualTo(30);
        assertThat(latency.requestNanos(300)).isEqualTo(20);
        assertThat(latency.requestNanos(400)).isEqualTo(10);
        assertThat(latency.requestNanos(9_999)).isEqualTo(10);
        assertThat(latency.answerNanos(0)).isEqualTo(5);
        assertThat(latency.answerNanos(110)).isEqualTo(5);
        assertThat(latency.answerNanos(170)).isEqualTo(7); // 7.5, cut
        assertThat(latency.answerNanos(230)).isEqualTo(10);
        assertThat(latency.answerNanos(320)).isEqualTo(20);
        assertThat(latency.answerNanos(9_999)).isEqualTo(30);
    }

    @Test
    void besideAFailedOrderRequestsFailAfterTheWholeWay() {
        OrderLatency latency =
                Measured.of(new long[] {100, 200, 300}, new long[] {110, 0, 310}, new long[] {120, 240, 330});
        assertThat(latency.requestNanos(150)).isEqualTo(-30);
        assertThat(latency.requestNanos(200)).isEqualTo(-40);
        assertThat(latency.requestNanos(250)).isEqualTo(-35);
        assertThat(latency.requestNanos(300)).isEqualTo(10);
        assertThat(latency.answerNanos(210))
                .as("between the orders that were answered")
                .isEqualTo(15);
    }

    @Test
    void oneOrderIsEnoughAndNoneThatArrivedLeavesNoAnswerToTime() {
        OrderLatency one = Measured.of(new long[] {100}, new long[] {130}, new long[] {170});
        assertThat(one.requestNanos(5)).isEqualTo(30);
        assertThat(one.requestNanos(500)).isEqualTo(30);
        assertThat(one.answerNanos(5)).isEqualTo(40);
        assertThat(one.answerNanos(500)).isEqualTo(40);
        OrderLatency none = Measured.of(new long[] {100}, new long[] {0}, new long[] {170});
        assertThat(none.requestNanos(500)).isEqualTo(-70);
        assertThat(none.answerNanos(500)).isZero();
    }

    @Test
    void timesThatRunBackwardsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(new long[] {100}, new long[] {90}, new long[] {120}))
                .withMessageContaining("shift the venue's clock");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(new long[] {100}, new long[] {110}, new long[] {105}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(new long[] {100, 100}, new long[] {110, 120}, new long[] {115, 130}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(new long[] {100, 101}, new long[] {110, 110}, new long[] {115, 130}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(new long[] {100}, new long[] {0}, new long[] {90}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(new long[0], new long[0], new long[0]))
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Measured.of(new long[1], new long[2], new long[1]));
    }
}
