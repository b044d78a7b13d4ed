package org.lama.backtest.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.lama.backtest.honesty.Calibration;
import org.lama.backtest.honesty.NullMarkets;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * The file {@code markets.jsonl} of a calibration: a header that names data, settings and version, then a line per finished
 * market in the order in which they were finished. A last line that was cut off is written anew.
 */
final class CalibrationJournal implements Calibration.Journal {
    static final String FILE_NAME = "markets.jsonl";
    private static final String FORMAT = "lama-calibration-1";

    private final Path file;
    private final Map<Integer, Calibration.Market> known = new ConcurrentHashMap<>();

    private CalibrationJournal(Path file) {
        this.file = file;
    }

    /** What a journal must have been written for. */
    record Identity(String version, String dataChecksum, String settingsHash) {
        private Node document() {
            return Node.object()
                    .put("format", FORMAT)
                    .put("version", version)
                    .put("dataChecksum", dataChecksum)
                    .put("settingsHash", settingsHash)
                    .build();
        }
    }

    static CalibrationJournal open(Path folder, Identity identity) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE_NAME);
        CalibrationJournal journal = new CalibrationJournal(file);
        String text = Files.exists(file) ? Files.readString(file) : "";
        int sound = text.lastIndexOf('\n') + 1;
        if (sound == 0) {
            journal.store(0, Documents.compactJson(identity.document()) + "\n");
            return journal;
        }
        String[] lines = text.substring(0, sound).split("\n", -1);
        same(file, Documents.parseJson(lines[0], file + ", line 1"), identity);
        for (int i = 1; i < lines.length - 1; i++) {
            Calibration.Market market = market(Documents.parseJson(lines[i], file + ", line " + (i + 1)));
            journal.known.put(market.number(), market);
        }
        journal.store(text.substring(0, sound).getBytes(StandardCharsets.UTF_8).length, "");
        return journal;
    }

    private static void same(Path file, Node header, Identity identity) {
        compare(file, "version of LAMA", header.get("version").asText(), identity.version());
        compare(file, "data", header.get("dataChecksum").asText(), identity.dataChecksum());
        compare(file, "settings", header.get("settingsHash").asText(), identity.settingsHash());
    }

    private static void compare(Path file, String what, String there, String here) {
        if (!there.equals(here)) {
            throw new IllegalArgumentException(file + " was written for other " + what + ": " + there + " there, "
                    + here + " now; resume with what it was started with, or name another folder");
        }
    }

    @Override
    public Optional<Calibration.Market> known(int number) {
        return Optional.ofNullable(known.get(number));
    }

    @Override
    public synchronized void keep(Calibration.Market market) {
        try {
            store(Files.size(file), Documents.compactJson(document(market)) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        known.put(market.number(), market);
    }

    private void store(long position, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(position);
            channel.position(position);
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    static Node document(Calibration.Market market) {
        Node.Fields fields = Node.object()
                .put("number", market.number())
                .put("kind", market.kind().name())
                .put("strength", market.strength())
                .put("batch", market.batch().name())
                .put("outcome", market.judged().outcome())
                .put("aboveMarket", market.judged().aboveMarket())
                .put("roundTrips", market.judged().roundTrips());
        put(fields, "sharpe", market.judged().sharpe());
        put(fields, "deflated", market.judged().deflated());
        put(fields, "perfectSharpe", market.perfectSharpe());
        return fields.build();
    }

    /** A number that is not defined is left out. */
    private static void put(Node.Fields fields, String name, double value) {
        if (Double.isFinite(value)) {
            fields.put(name, value);
        }
    }

    private static Calibration.Market market(Node line) {
        return new Calibration.Market(
                line.get("number").asInt(),
                NullMarkets.Kind.valueOf(line.get("kind").asText()),
                line.get("strength").asDouble(),
                new Calibration.Judged(
                        line.get("outcome").asText(),
                        number(line, "sharpe"),
                        number(line, "deflated"),
                        line.get("roundTrips").asInt(),
                        line.get("aboveMarket").asBoolean()),
                number(line, "perfectSharpe"),
                Calibration.Batch.valueOf(line.get("batch").asText()));
    }

    private static double number(Node line, String name) {
        return line.find(name).map(Node::asDouble).orElse(Double.NaN);
    }
}
