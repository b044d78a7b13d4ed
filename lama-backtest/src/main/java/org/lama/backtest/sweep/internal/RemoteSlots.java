package org.lama.backtest.sweep.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
import org.lama.core.search.PortableTask;
import org.lama.core.search.RemoteTaskException;
import org.lama.core.search.TaskExecutor;
import org.lama.core.search.TaskWorker;

/**
 * The results of one call, by index. Chunks of consecutive indices come back in any order; result k goes to slot k, and of
 * several failures the one of the lowest index is kept. Thread-safe.
 */
final class RemoteSlots<T> {
    private final PortableTask<T> task;
    private final int count;
    private final int chunkSize;
    private final TaskExecutor.Progress progress;
    private final @Nullable Object[] slots;
    private final boolean[] returned;
    private int finished;
    private int stopFrom;
    private @Nullable Throwable failure;

    RemoteSlots(PortableTask<T> task, int count, int chunkSize, TaskExecutor.Progress progress) {
        this.task = task;
        this.count = Check.atLeast(count, 1, "count");
        this.chunkSize = Check.atLeast(chunkSize, 1, "chunkSize");
        this.progress = progress;
        slots = new Object[count];
        returned = new boolean[(int) (((long) count + chunkSize - 1) / chunkSize)];
        stopFrom = count;
    }

    int chunks() {
        return returned.length;
    }

    private int from(int chunk) {
        return chunk * chunkSize;
    }

    private int to(int chunk) {
        return (int) Math.min(count, (long) from(chunk) + chunkSize);
    }

    /** What travels to the far side for one chunk. */
    byte[] inputs(int chunk) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(to(chunk) - from(chunk));
            for (int k = from(chunk); k < to(chunk); k++) {
                write(out, task.input(k));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The far side of a chunk: runs it in index order up to its first failure, which becomes part of the answer. */
    static byte[] run(TaskWorker.Work work, byte[] inputs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(inputs));
                DataOutputStream out = new DataOutputStream(bytes)) {
            int size = in.readInt();
            for (int k = 0; k < size; k++) {
                byte[] output;
                try {
                    output = work.run(read(in));
                } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError thrown) {
                    out.writeBoolean(false);
                    write(out, new Failure(thrown).toBytes());
                    break;
                }
                out.writeBoolean(true);
                write(out, output);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Takes the answer of a chunk; true if nothing that is still open can change the outcome. */
    synchronized boolean accept(int chunk, byte[] answer) {
        int k = from(chunk);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer))) {
            for (; k < to(chunk) && k < stopFrom; k++) {
                if (!in.readBoolean()) {
                    fail(k, Failure.of(read(in)).rebuilt(task.worker(), k));
                    break;
                }
                slots[k] = Check.notNull(task.result(k, read(in)), "result of task " + k);
                progress.finished(++finished, count);
            }
        } catch (IOException damaged) {
            fail(k, new UncheckedIOException("the answer for task " + k + " is damaged", damaged));
        } catch (RuntimeException | Error thrown) {
            fail(k, thrown);
        }
        returned[chunk] = true;
        return failure != null && allReturnedBelow(stopFrom / chunkSize);
    }

    private void fail(int index, Throwable thrown) {
        if (index < stopFrom) {
            stopFrom = index;
            failure = thrown;
        }
    }

    private boolean allReturnedBelow(int chunk) {
        for (int c = 0; c < chunk; c++) {
            if (!returned[c]) {
                return false;
            }
        }
        return true;
    }

    synchronized boolean hasFailed() {
        return failure != null;
    }

    /** The results in index order, or the failure of the lowest index. */
    @SuppressWarnings("unchecked") // only accept fills slots, with results of the task
    synchronized List<T> results() {
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        List<T> results = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            results.add((T) Check.notNull(slots[k], "result of task " + k));
        }
        return results;
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("the bytes end too early: " + bytes.length + " of " + length);
        }
        return bytes;
    }

    /** What was thrown, as texts: its class need not exist here. */
    private record Failure(String type, String message, String trace) {
        Failure(Throwable thrown) {
            this(thrown.getClass().getName(), String.valueOf(thrown.getMessage()), traceOf(thrown));
        }

        private static String traceOf(Throwable thrown) {
            StringBuilder text = new StringBuilder(thrown.toString());
            Arrays.stream(thrown.getStackTrace())
                    .forEach(frame -> text.append("\n\tat ").append(frame));
            return text.toString();
        }

        byte[] toBytes() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            for (String each : List.of(type, message, trace)) {
                write(out, each.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        }

        static Failure of(byte[] bytes) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            return new Failure(text(in), text(in), text(in));
        }

        private static String text(DataInputStream in) throws IOException {
            return new String(read(in), java.nio.charset.StandardCharsets.UTF_8);
        }

        /** A wrong argument stays one, as with threads; anything else becomes an exception that can name any class. */
        RuntimeException rebuilt(String worker, int index) {
            RemoteTaskException remote =
                    new RemoteTaskException("task " + index + " of " + worker + ": " + message, type, trace);
            return type.equals(IllegalArgumentException.class.getName())
                    ? new IllegalArgumentException(message, remote)
                    : remote;
        }
    }
}
