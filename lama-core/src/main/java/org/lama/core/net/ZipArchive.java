package org.lama.core.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Reads zip files of others: entries one after another as streams, never onto the disk. Names that could climb out of a
 * folder, too many entries, entries that expand too far, wrong checksums and broken archives are refused. Archives within
 * archives are content like any other. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ZipArchive {
    /** Most entries where the caller does not say otherwise. */
    public static final int DEFAULT_ENTRIES = 1000;

    private static final int BLOCK_BYTES = 1 << 14;

    private ZipArchive() {}

    /** Takes the entries of an archive. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Takes one entry.
         *
         * @param name its name, with {@code /} between parts; safe to use below a folder
         * @param content its expanded bytes; need not be read to the end nor closed
         * @throws IOException if the content is wrong
         */
        void entry(String name, InputStream content) throws IOException;
    }

    /**
     * Reads all entries that are files, in the order of the archive's directory. Every entry is read to its end, so that
     * its checksum is always verified.
     *
     * @param zip the archive
     * @param limits the caps: of the archive itself, of all its entries together, and of the ratio of each
     * @param maximumEntries most entries, at least 1
     * @param reader takes the entries
     * @throws NetException if the archive is broken or dangerous, naming file and entry
     * @throws IOException if the file cannot be read, or the reader throws
     */
    public static void read(Path zip, BodyLimits limits, int maximumEntries, Reader reader) throws IOException {
        Check.atLeast(maximumEntries, 1, "maximumEntries");
        if (Files.size(zip) > limits.maximumBytes()) {
            throw refused(
                    NetException.Reason.TOO_LARGE, zip.toString(), "has more than " + limits.maximumBytes() + " bytes");
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            if (file.size() > maximumEntries) {
                throw refused(
                        NetException.Reason.TOO_LARGE,
                        zip.toString(),
                        "has " + file.size() + " entries, more than " + maximumEntries);
            }
            List<? extends ZipEntry> entries = new ArrayList<>(file.stream().toList());
            checkNames(zip, entries);
            long expanded = 0;
            for (ZipEntry entry : entries) {
                if (!entry.isDirectory()) {
                    expanded =
                            readEntry(zip + "!" + entry.getName(), file, entry, new Budget(limits, expanded), reader);
                }
            }
        } catch (ZipException e) {
            throw new NetException(
                    NetException.Reason.ARCHIVE,
                    zip.toString(),
                    "the archive is broken (" + e.getMessage() + "); fetch it again",
                    0,
                    0,
                    e);
        }
    }

    /** What entries before this one have used up. */
    private record Budget(BodyLimits limits, long used) {}

    private static long readEntry(String shown, ZipFile file, ZipEntry entry, Budget budget, Reader reader)
            throws IOException {
        try (Guarded content = new Guarded(file.getInputStream(entry), entry, budget, shown)) {
            reader.entry(entry.getName(), content);
            byte[] rest = new byte[BLOCK_BYTES];
            int read = 0;
            while (read >= 0) {
                read = content.read(rest);
            }
            return budget.used() + content.bytes;
        }
    }

    private static void checkNames(Path zip, List<? extends ZipEntry> entries) throws NetException {
        Set<String> seen = new TreeSet<>();
        for (ZipEntry entry : entries) {
            String name = entry.getName();
            boolean climbs = List.of(name.split("/", -1)).contains("..");
            boolean odd = name.isBlank()
                    || name.startsWith("/")
                    || name.contains("\\")
                    || name.contains(":")
                    || name.chars().anyMatch(Character::isISOControl);
            if (climbs || odd) {
                throw refused(
                        NetException.Reason.ARCHIVE,
                        zip.toString(),
                        "has an entry whose name leads out of its folder: '" + name.replaceAll("\\p{Cntrl}", "?")
                                + "'");
            }
            if (!seen.add(name)) {
                throw refused(NetException.Reason.ARCHIVE, zip.toString(), "has two entries named '" + name + "'");
            }
        }
    }

    private static NetException refused(NetException.Reason reason, String shown, String rule) {
        return new NetException(reason, shown, rule, "do not use it unless you know why it is so");
    }

    /** The content of an entry, counted, capped and summed. */
    private static final class Guarded extends FilterInputStream {
        private final ZipEntry entry;
        private final Budget budget;
        private final String shown;
        private final CRC32 sum = new CRC32();
        private long bytes;

        Guarded(InputStream in, ZipEntry entry, Budget budget, String shown) {
            super(in);
            this.entry = entry;
            this.budget = budget;
            this.shown = shown;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read < 0) {
                if (sum.getValue() != entry.getCrc()) {
                    throw refused(NetException.Reason.ARCHIVE, shown, "has another content than its checksum says");
                }
                return read;
            }
            sum.update(into, offset, read);
            bytes += read;
            BodyLimits limits = budget.limits();
            String complaint = limits.complaint(entry.getCompressedSize(), bytes);
            if (complaint.isEmpty() && budget.used() + bytes > limits.maximumExpandedBytes()) {
                complaint =
                        "expands, with the entries before it, to more than " + limits.maximumExpandedBytes() + " bytes";
            }
            if (!complaint.isEmpty()) {
                throw refused(NetException.Reason.TOO_LARGE, shown, complaint);
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] passed = new byte[(int) Math.min(BLOCK_BYTES, Math.max(0, count))];
            return passed.length == 0 ? 0 : Math.max(0, read(passed));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
