package org.lama.backtest.sweep;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The append-only file of a sweep's trials. Each line ends in a checksum over itself and the line before; what a crash tore
 * off at the end is dropped, damage before the end is refused with file and line. Appended lines are forced to the disk.
 * Only one process can hold the file. For one thread.
 */
final class TrialLog implements TrialStore {
    static final String FILE_NAME = "trials.log";

    private static final int CHECKSUM_CHARS = 8;
    private static final int LONGEST_LINE = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private long size;
    private int checksum;

    private TrialLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens or creates the log of a folder and keeps its whole batches. */
    static TrialLog open(Path folder, int batch, long planned) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        TrialLog log = new TrialLog(file, channel);
        try {
            log.lock();
            log.recover(batch, planned);
            return log;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException held) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException(
                    file + ": another sweep is writing into this folder; wait for it or name another one");
        }
    }

    /** Whole batches stand; a batch that was cut is done again, so that what follows is the same. */
    private void recover(int batch, long planned) throws IOException {
        long[] ends = {0, 0};
        int[] sums = {0};
        long[] count = {0};
        walk((trial, end, sum) -> {
            count[0]++;
            if (count[0] % batch == 0 || count[0] == planned) {
                ends[0] = end;
                ends[1] = count[0];
                sums[0] = sum;
            }
        });
        channel.truncate(ends[0]);
        channel.position(ends[0]);
        channel.force(true);
        size = ends[1];
        checksum = sums[0];
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void append(List<SweepTrial> trials) throws IOException {
        StringBuilder text = new StringBuilder();
        int sum = checksum;
        for (SweepTrial trial : trials) {
            String line = TrialLine.write(trial);
            byte[] bytes = TrialLine.bytes(line);
            sum = TrialLine.checksum(sum, bytes, bytes.length);
            text.append(line)
                    .append('\t')
                    .append(HexFormat.of().toHexDigits(sum))
                    .append('\n');
        }
        ByteBuffer buffer = ByteBuffer.wrap(TrialLine.bytes(text.toString()));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(false);
        checksum = sum;
        size += trials.size();
    }

    @Override
    public void forEach(Consumer<SweepTrial> visitor) throws IOException {
        walk((trial, end, sum) -> visitor.accept(trial));
    }

    /** Sees each sound line with the place after it and its checksum. */
    private interface Visitor {
        void line(SweepTrial trial, long end, int sum);
    }

    private void walk(Visitor visitor) throws IOException {
        try (Lines lines = new Lines(file)) {
            int before = 0;
            long number = 0;
            for (byte @Nullable [] line = lines.next(); line != null; line = lines.next()) {
                int body = line.length - CHECKSUM_CHARS - 1;
                int sum = body > 0 ? TrialLine.checksum(before, line, body) : 0;
                boolean sound =
                        body > 0 && tail(line).equals("\t" + HexFormat.of().toHexDigits(sum));
                SweepTrial trial = sound ? trial(line, body) : null;
                if (trial == null || trial.number() != number) {
                    if (lines.isAtEnd()) {
                        return;
                    }
                    throw new IOException(
                            file + ": line " + (number + 1)
                                    + " is damaged, so the trials after it cannot be trusted; restore the file or start anew in another folder");
                }
                visitor.line(trial, lines.position(), sum);
                before = sum;
                number++;
            }
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
    }

    private static String tail(byte[] line) {
        return new String(line, line.length - CHECKSUM_CHARS - 1, CHECKSUM_CHARS + 1, StandardCharsets.UTF_8);
    }

    private static @Nullable SweepTrial trial(byte[] line, int body) {
        try {
            return TrialLine.read(new String(line, 0, body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Lines as bytes; a last one without line end was torn and is none. */
    private static final class Lines implements AutoCloseable {
        private final InputStream in;
        private byte[] buffer = new byte[256];
        private long position;

        Lines(Path file) throws IOException {
            in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        }

        byte @Nullable [] next() throws IOException {
            int length = 0;
            for (int b = in.read(); b >= 0 && length < LONGEST_LINE; b = in.read()) {
                if (b == '\n') {
                    position += length + 1;
                    return Arrays.copyOf(buffer, length);
                }
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * length);
                }
                buffer[length++] = (byte) b;
            }
            return null;
        }

        /** Whether no whole line follows. */
        boolean isAtEnd() throws IOException {
            return next() == null;
        }

        long position() {
            return position;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
