package org.lama.backtest.sweep;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.search.TaskExecutor;
import org.lama.core.store.AtomicFiles;

/**
 * Feeds the returns of every trial to the reality check, batch by batch, and keeps none of them. What was fed is on the disk
 * after each batch, so that a resumed sweep need not compute returns again; whatever is missing there is computed. The mean
 * length of a block is that of the first trials with returns that vary. For one thread; the work inside is shared.
 */
final class RealityFold {
    static final String FILE_NAME = "reality.bin";
    /** Trials whose returns are in memory at a time. */
    static final int CHUNK = 64;

    private static final int SHARES = 8;
    private static final long FORMAT = 0x6c616d612d726331L;
    private static final int LARGEST_STATE = 1 << 24;

    private final StationaryBootstrap bootstrap;
    private final TaskExecutor threads;
    private final Optional<Path> file;
    private RealityCheck.@Nullable Stream main;
    private final RealityCheck.@Nullable Stream[] shares = new RealityCheck.Stream[SHARES];
    private double blockLength = Double.NaN;
    private int rows = -1;
    private long next;
    /** Constant returns from before there was a block length. */
    private final List<double[]> early = new ArrayList<>();

    RealityFold(StationaryBootstrap bootstrap, TaskExecutor threads, Optional<Path> folder) throws IOException {
        this.bootstrap = bootstrap;
        this.threads = threads;
        file = folder.map(each -> each.resolve(FILE_NAME));
        load();
    }

    /** The first trial that was not fed. */
    long next() {
        return next;
    }

    boolean wants(long number) {
        return number >= next;
    }

    /** Takes trials of the batch in hand; those that were fed before, or have no returns, are left out. */
    void take(long[] numbers, List<TrialFinding> found) {
        List<double[]> series = new ArrayList<>();
        List<Long> named = new ArrayList<>();
        for (int k = 0; k < numbers.length; k++) {
            double[] returns = found.get(k).returns();
            if (wants(numbers[k]) && returns.length > 0) {
                rows = rows < 0 ? returns.length : rows;
                series.add(returns);
                named.add(numbers[k]);
            }
        }
        if (!series.isEmpty() && ready(series)) {
            add(named, series);
        }
    }

    private boolean ready(List<double[]> series) {
        if (main != null) {
            return true;
        }
        boolean varies = series.stream().anyMatch(RealityFold::varies);
        if (!varies) {
            early.addAll(series);
            return false;
        }
        blockLength = RealityCheck.blockLength(series.toArray(double[][]::new), bootstrap);
        begin();
        return true;
    }

    private static boolean varies(double[] returns) {
        return Arrays.stream(returns).anyMatch(each -> each != returns[0]);
    }

    private void begin() {
        RealityCheck.Stream stream = new RealityCheck.Stream(rows, blockLength, bootstrap);
        early.forEach(each -> stream.add(0, each));
        early.clear();
        main = stream;
    }

    private void add(List<Long> numbers, List<double[]> series) {
        threads.map(SHARES, share -> {
            for (int k = share; k < series.size(); k += SHARES) {
                share(share).add(numbers.get(k), series.get(k));
            }
            return share;
        });
    }

    /** Each slot is used by one task at a time. */
    private RealityCheck.Stream share(int slot) {
        RealityCheck.Stream there = shares[slot];
        if (there == null) {
            RealityCheck.Stream all = main;
            if (all == null) {
                throw new IllegalStateException("no block length yet");
            }
            there = all.sibling();
            shares[slot] = there;
        }
        return there;
    }

    /** The batch stands: what it brought is kept, and written down. */
    void commit(long upTo) throws IOException {
        if (upTo <= next) {
            return;
        }
        next = upTo;
        RealityCheck.Stream all = main;
        if (all == null) {
            return;
        }
        for (int slot = 0; slot < SHARES; slot++) {
            RealityCheck.Stream share = shares[slot];
            if (share != null) {
                all.merge(share);
                shares[slot] = null;
            }
        }
        save(all);
    }

    /** The batch was given up. */
    void discard() {
        Arrays.fill(shares, null);
    }

    /** The test over all trials with returns; empty if none had any. */
    Optional<RealityCheck> result() {
        if (main == null && !early.isEmpty()) {
            blockLength = 1;
            begin();
        }
        return Optional.ofNullable(main).map(RealityCheck.Stream::result);
    }

    private void save(RealityCheck.Stream all) throws IOException {
        if (file.isEmpty()) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(FORMAT);
            out.writeLong(next);
            out.writeInt(bootstrap.resamples());
            out.writeLong(bootstrap.seed());
            out.writeInt(rows);
            out.writeDouble(blockLength);
            double[] state = all.state();
            out.writeInt(state.length);
            for (double each : state) {
                out.writeDouble(each);
            }
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        }
        AtomicFiles.write(file.get(), bytes.toByteArray());
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    /** A file that is missing, damaged or of other settings is as none: all trials are computed again. */
    private void load() throws IOException {
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file.get());
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            boolean ours = bytes.length > Long.BYTES && in.readLong() == FORMAT;
            long done = ours ? in.readLong() : 0;
            if (!ours || in.readInt() != bootstrap.resamples() || in.readLong() != bootstrap.seed()) {
                return;
            }
            int length = in.readInt();
            double block = in.readDouble();
            int count = in.readInt();
            if (count < 0 || count > LARGEST_STATE || bytes.length < Long.BYTES * (count + 1L)) {
                return;
            }
            double[] state = new double[count];
            for (int k = 0; k < count; k++) {
                state[k] = in.readDouble();
            }
            if (in.readLong() != checksum(bytes, bytes.length - Long.BYTES)) {
                return;
            }
            RealityCheck.Stream stream = new RealityCheck.Stream(length, block, bootstrap);
            stream.restore(state);
            rows = length;
            blockLength = block;
            next = done;
            main = stream;
        } catch (java.io.EOFException | IllegalArgumentException damaged) {
            next = 0;
        }
    }
}
