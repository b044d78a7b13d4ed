package org.lama.core.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.lama.core.base.GzipStream;
import org.lama.core.market.InstrumentId;

/**
 * A file to import.
 *
 * @param path where it lies
 * @param name its path below the imported folder, with slashes
 * @param words what its market is told by: the name behind that of the imported folder
 */
record SourceFile(Path path, String name, String words) {
    private static final int MAX_DEPTH = 16;
    private static final int SNIFFED_BYTES = 1 << 16;

    /** The files below a path in the order of names; links are not followed. */
    static List<SourceFile> below(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw DataException.ofRequest(path.toString(), "", "there is no such file or folder", "check the path");
        }
        if (!Files.isDirectory(path)) {
            return List.of(new SourceFile(path, last(path), last(path)));
        }
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(path, MAX_DEPTH)) {
            for (Path file : walk.filter(SourceFile::isFile).toList()) {
                String name = path.relativize(file).toString().replace('\\', '/');
                if (!name.startsWith(".") && !name.contains("/.")) {
                    files.add(new SourceFile(file, name, last(path) + "/" + name));
                }
            }
        }
        files.sort(Comparator.comparing(SourceFile::name));
        return files;
    }

    /** A link may lead anywhere: who wants what lies there names it. */
    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String last(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    private Optional<String> target(ImportOptions options) {
        String own = name.substring(name.lastIndexOf('/') + 1);
        return Optional.ofNullable(options.names().get(name))
                .or(() -> Optional.ofNullable(options.names().get(own)));
    }

    /** The one instrument that the caller says the file holds. */
    Optional<InstrumentId> named(ImportOptions options) {
        return target(options).filter(ImportOptions::isInstrument).map(InstrumentId::parse);
    }

    /** The instrument of an export by the name of its file, in the market that the caller names, if any. */
    Optional<InstrumentId> exported(ImportOptions options) {
        Optional<InstrumentId> told = named(options);
        if (told.isPresent()) {
            return told;
        }
        Optional<Identity.Market> market = target(options).or(options::market).map(Identity.Market::parse);
        return ExportName.of(name)
                .map(ExportName::instrument)
                .map(id -> market.map(other -> new InstrumentId(other.venue(), other.kind(), id.name()))
                        .orElse(id));
    }

    Identity.Market market(ImportOptions options, Identity.Market fallback) {
        Optional<InstrumentId> instrument = named(options);
        if (instrument.isPresent()) {
            return new Identity.Market(
                    instrument.get().venue(), instrument.get().kind());
        }
        return target(options)
                .or(options::market)
                .map(Identity.Market::parse)
                .orElseGet(() -> Identity.market(words, fallback));
    }

    /** Whether the ending is one that is looked into. */
    boolean isCandidate() {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean archive = lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
        boolean known =
                FileNames.isData(name) || lower.endsWith(".json") || lower.endsWith(".gz") || lower.endsWith(".zip");
        return known && !archive;
    }

    /** The first lines, expanded, below the header that the exchange's own files leave out. */
    List<String> firstLines(int count) throws IOException {
        byte[] head = new byte[SNIFFED_BYTES];
        int size = 0;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path))) {
            try (InputStream in = expanded(raw)) {
                for (int read = 0; read >= 0 && size < head.length; size += Math.max(0, read)) {
                    read = in.read(head, size, head.length - size);
                }
            }
        }
        FileBytes.requireUtf8(head, name);
        String text = new String(head, 0, size, StandardCharsets.UTF_8);
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        List<String> lines = new ArrayList<>(
                Arrays.stream(plain.split("\\R", count + 1)).limit(count).toList());
        BulkHeader.of(lines.get(0)).ifPresent(header -> lines.add(0, header));
        return lines;
    }

    private static InputStream expanded(InputStream raw) throws IOException {
        raw.mark(4);
        int first = raw.read();
        int second = raw.read();
        raw.reset();
        if (first == 'P' && second == 'K') {
            ZipInputStream zip = new ZipInputStream(raw);
            zip.getNextEntry();
            return zip;
        }
        return first == 0x1f && second == 0x8b ? GzipStream.of(raw) : raw;
    }
}
