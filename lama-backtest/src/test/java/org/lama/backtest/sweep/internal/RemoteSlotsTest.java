package org.lama.backtest.sweep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.core.search.PortableTask;
import org.lama.core.search.RemoteTaskException;
import org.lama.core.search.TaskExecutor;
import org.lama.core.search.TaskWorker;

class RemoteSlotsTest {
    private static final Squares TASK = new Squares();

    private static final class Squares implements PortableTask<Integer> {
        @Override
        public String worker() {
            return "squares";
        }

        @Override
        public byte[] shared() {
            return new byte[0];
        }

        @Override
        public byte[] input(int index) {
            return ByteBuffer.allocate(4).putInt(index).array();
        }

        @Override
        public Integer result(int index, byte[] output) {
            return ByteBuffer.wrap(output).getInt();
        }

        @Override
        public Integer run(int index) {
            return index * index;
        }
    }

    private static TaskWorker.Work failingAt(Set<Integer> indices, RuntimeException thrown) {
        return input -> {
            int index = ByteBuffer.wrap(input).getInt();
            if (indices.contains(index)) {
                throw thrown;
            }
            return ByteBuffer.allocate(4).putInt(index * index).array();
        };
    }

    private static final TaskWorker.Work GOOD = failingAt(Set.of(), new IllegalStateException());

    private static RemoteSlots<Integer> slots(int count, int size) {
        return new RemoteSlots<>(TASK, count, size, TaskExecutor.Progress.none());
    }

    @Test
    void chunksInAnyOrderGiveResultsInIndexOrder() {
        List<Integer> reported = new ArrayList<>();
        RemoteSlots<Integer> slots = new RemoteSlots<>(TASK, 10, 4, (finished, total) -> reported.add(finished));
        assertThat(slots.chunks()).isEqualTo(3);
        for (int chunk : new int[] {2, 0, 1}) {
            assertThat(slots.accept(chunk, RemoteSlots.run(GOOD, slots.inputs(chunk))))
                    .isFalse();
        }
        assertThat(slots.hasFailed()).isFalse();
        assertThat(slots.results()).containsExactly(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);
        assertThat(reported).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void lowestFailureWinsAndTheRestIsGivenUpOnceNothingBelowIsOpen() {
        IllegalStateException broken = new IllegalStateException("broken");
        RemoteSlots<Integer> slots = slots(12, 3);
        assertThat(slots.accept(3, RemoteSlots.run(failingAt(Set.of(9), broken), slots.inputs(3))))
                .as("chunks 0 to 2 may still fail")
                .isFalse();
        assertThat(slots.accept(1, RemoteSlots.run(failingAt(Set.of(4, 5), broken), slots.inputs(1))))
                .isFalse();
        assertThat(slots.accept(0, RemoteSlots.run(GOOD, slots.inputs(0)))).isTrue();
        assertThatThrownBy(slots::results).isInstanceOfSatisfying(RemoteTaskException.class, failed -> {
            assertThat(failed).hasMessage("task 4 of squares: broken");
            assertThat(failed.thrown()).isEqualTo(IllegalStateException.class.getName());
            assertThat(failed.trace()).contains("RemoteSlotsTest");
        });
    }

    @Test
    void wrongArgumentStaysOne() {
        RemoteSlots<Integer> slots = slots(2, 2);
        TaskWorker.Work wrong = failingAt(Set.of(1), new IllegalArgumentException("index must be 0, got 1"));
        assertThat(slots.accept(0, RemoteSlots.run(wrong, slots.inputs(0)))).isTrue();
        assertThatThrownBy(slots::results)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("index must be 0, got 1")
                .hasCauseInstanceOf(RemoteTaskException.class);
    }

    @Test
    void damagedAnswersAndListenersThatThrowAreFailures() {
        RemoteSlots<Integer> slots = slots(2, 1);
        byte[] answer = RemoteSlots.run(GOOD, slots.inputs(0));
        assertThat(slots.accept(0, new byte[] {answer[0], 0})).isTrue();
        assertThatThrownBy(slots::results)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("task 0 is damaged");

        RemoteSlots<Integer> deaf = new RemoteSlots<>(TASK, 1, 1, (finished, total) -> {
            throw new AssertionError("deaf");
        });
        assertThat(deaf.accept(0, RemoteSlots.run(GOOD, deaf.inputs(0)))).isTrue();
        assertThatThrownBy(deaf::results).isInstanceOf(AssertionError.class).hasMessage("deaf");
    }

    @Test
    void resultThatNeverCameIsNotMadeUp() {
        RemoteSlots<Integer> slots = slots(2, 1);
        slots.accept(0, RemoteSlots.run(GOOD, slots.inputs(0)));
        assertThatThrownBy(slots::results)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("result of task 1");
    }

    @Test
    void parcelFindsItsWorkerByName() {
        SparkParcel parcel = new SparkParcel("nobody", new byte[0]);
        RemoteSlots<Integer> slots = slots(1, 1);
        assertThat(slots.accept(0, parcel.run(slots.inputs(0)))).isTrue();
        assertThatThrownBy(slots::results)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no task worker is called 'nobody'; found: [engine-trials]");
    }
}
