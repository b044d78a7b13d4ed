package org.lama.backtest.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of whole numbers that grows without end in bounded memory: its first {@value #ROWS_IN_MEMORY} rows and those of
 * the last block lie in memory, all others in a temporary file that goes with the process. Each row can be read and
 * changed at any time, wherever it lies; nothing is rounded or left out. Blocks are written before they are mapped, so that
 * a full disk is an error that can be told and not a fault of memory. Not thread-safe while it grows or is changed.
 */
final class LongRows {
    private static final int BLOCK_BITS = 13;
    private static final int BLOCK_ROWS = 1 << BLOCK_BITS;
    private static final int BLOCKS_IN_MEMORY = 4;
    private static final int FIRST_ROWS = 64;

    /** What a log keeps in memory: 256 KiB for each column. */
    static final int ROWS_IN_MEMORY = BLOCKS_IN_MEMORY * BLOCK_ROWS;

    private final int width;
    private final int blocksInMemory;
    private LongBuffer[] full = new LongBuffer[BLOCKS_IN_MEMORY];
    private int blocks;
    private long[] last;
    private int size;
    private @Nullable FileChannel file;

    /** Rows of so many numbers. */
    LongRows(int width) {
        this(width, BLOCKS_IN_MEMORY);
    }

    /** The same with another share in memory, for tests that compare. */
    LongRows(int width, int blocksInMemory) {
        this.width = width;
        this.blocksInMemory = blocksInMemory;
        last = new long[FIRST_ROWS * width];
    }

    /** Adds a row, whose numbers must all be set before they are read, and gives its place. */
    int add() {
        int within = size & (BLOCK_ROWS - 1);
        if (within == 0 && size > 0) {
            closeBlock();
        }
        if ((within + 1) * width > last.length) {
            last = Arrays.copyOf(last, 2 * last.length);
        }
        return size++;
    }

    int size() {
        return size;
    }

    long get(int row, int column) {
        int block = row >>> BLOCK_BITS;
        int at = (row & (BLOCK_ROWS - 1)) * width + column;
        return block == blocks ? last[at] : full[block].get(at);
    }

    void set(int row, int column, long value) {
        int block = row >>> BLOCK_BITS;
        int at = (row & (BLOCK_ROWS - 1)) * width + column;
        if (block == blocks) {
            last[at] = value;
        } else {
            full[block].put(at, value);
        }
    }

    private void closeBlock() {
        if (blocks == full.length) {
            full = Arrays.copyOf(full, 2 * blocks);
        }
        if (blocks < blocksInMemory) {
            full[blocks++] = LongBuffer.wrap(last);
            last = new long[last.length];
        } else {
            full[blocks++] = written();
        }
    }

    private LongBuffer written() {
        try {
            FileChannel out = file;
            if (out == null) {
                out = open();
                file = out;
            }
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * last.length).order(ByteOrder.nativeOrder());
            bytes.asLongBuffer().put(last);
            long from = out.size();
            for (long at = from; bytes.hasRemaining(); ) {
                at += out.write(bytes, at);
            }
            return out.map(FileChannel.MapMode.READ_WRITE, from, bytes.capacity())
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(
                    "cannot write what a long replay remembers to a temporary file, after " + size + " rows: "
                            + e.getMessage() + "; make room there or name another folder with -Djava.io.tmpdir=DIR",
                    e));
        }
    }

    /** A file that nobody else sees and that is gone once it is closed, at the latest with the process. */
    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("lama-replay", ".tmp");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
