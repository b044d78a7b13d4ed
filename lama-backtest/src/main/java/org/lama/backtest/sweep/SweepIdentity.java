package org.lama.backtest.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.Pruner;
import org.lama.core.search.Sampler;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * What makes a sweep this sweep: settings, data and code. A folder that holds another one is not resumed. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepIdentity {
    private static final String FILE_NAME = "sweep.json";
    private static final String SPACE = "space";
    private static final String FUNCTION = "function";
    private static final String RESULTS = "result.json";
    private static final String FORMAT = "lama-sweep-1";

    private final Map<String, String> settings;
    private final String dataSha256;
    private final String codeVersion;

    private SweepIdentity(Map<String, String> settings, String dataSha256, String codeVersion) {
        this.settings = settings;
        this.dataSha256 = Check.notBlank(dataSha256, "dataSha256");
        this.codeVersion = Check.notBlank(codeVersion, "codeVersion");
    }

    static SweepIdentity of(
            Sampler sampler,
            Optional<Pruner> pruner,
            TrialFunction function,
            SweepSettings run,
            String dataSha256,
            String codeVersion) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(SPACE, sampler.space().canonicalText());
        settings.put("sampler", sampler.canonicalText());
        settings.put("pruner", pruner.map(Pruner::canonicalText).orElse("none"));
        settings.put(FUNCTION, function.canonicalText());
        settings.put("run", run.canonicalText());
        return new SweepIdentity(settings, dataSha256, codeVersion);
    }

    /**
     * Checksum of all settings.
     *
     * @return SHA-256 in hexadecimal digits
     */
    public String settingsSha256() {
        return Checksums.sha256(Documents.compactJson(node(settings)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Checksum of the data.
     *
     * @return as the caller gave it
     */
    public String dataSha256() {
        return dataSha256;
    }

    /**
     * The settings as texts by name: space, sampler, pruner, function, run.
     *
     * @return a copy
     */
    public Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    /** Writes the identity into a fresh folder, or compares it with the one that is there. */
    void claim(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE_NAME);
        if (Files.exists(file)) {
            compare(folder, Documents.read(file));
            requireOwnResults(folder);
            return;
        }
        if (Files.exists(folder.resolve(RESULTS))) {
            throw new IOException(
                    folder + ": holds results that are no sweep's, in " + RESULTS + "; name another folder");
        }
        Path log = folder.resolve(TrialLog.FILE_NAME);
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new IOException(folder + ": holds trials but no " + FILE_NAME
                    + ", so nobody can tell of which sweep; name another folder");
        }
        Node document = Node.object()
                .put("format", FORMAT)
                .put("settingsSha256", settingsSha256())
                .put("dataSha256", dataSha256)
                .put("codeVersion", codeVersion)
                .put("settings", node(settings))
                .build();
        AtomicFiles.write(file, Documents.json(document).getBytes(StandardCharsets.UTF_8));
    }

    /** A later command may have written its results beside the sweep. */
    private static void requireOwnResults(Path folder) throws IOException {
        Path results = folder.resolve(RESULTS);
        if (Files.exists(results)) {
            String command =
                    Documents.read(results).find("command").map(Node::asText).orElse("another command");
            Check.that(
                    command.equals("sweep"),
                    folder + ": holds results of " + command + " in " + RESULTS + "; name another folder");
        }
    }

    private void compare(Path folder, Node there) {
        Check.that(
                there.find("format").map(Node::asText).orElse("").equals(FORMAT),
                folder + ": " + FILE_NAME + " is no " + FORMAT + "; name another folder");
        String data = there.get("dataSha256").asText();
        Check.that(
                data.equals(dataSha256),
                folder + ": holds a sweep over other data: their checksum is " + data + ", these have " + dataSha256
                        + "; name another folder");
        String code = there.get("codeVersion").asText();
        Check.that(
                code.equals(codeVersion),
                folder + ": holds a sweep of version " + code + ", this is " + codeVersion
                        + "; resume it with that version or name another folder");
        String hash = there.get("settingsSha256").asText();
        Check.that(
                hash.equals(settingsSha256()),
                folder + ": holds a sweep with other settings: their checksum is " + hash + ", these have "
                        + settingsSha256() + " (" + differences(there.get("settings")) + "); name another folder");
    }

    /** What differs, in the words of who asked. */
    private String differences(Node there) {
        Set<String> found = new LinkedHashSet<>();
        settings.forEach((name, value) -> {
            Map<String, String> before =
                    parts(name, there.find(name).map(Node::asText).orElse(""));
            Map<String, String> now = parts(name, value);
            Set<String> all = new LinkedHashSet<>(now.keySet());
            all.addAll(before.keySet());
            for (String part : all) {
                String was = before.getOrDefault(part, "none");
                String is = now.getOrDefault(part, "none");
                if (!was.equals(is)) {
                    found.add(
                            part.equals(FUNCTION)
                                    ? "the strategy or what it trades with, such as cash, costs and fixed parameters,"
                                            + " was another"
                                    : part + " was '" + was + "', is '" + is + "'");
                }
            }
        });
        return String.join("; ", found);
    }

    /** A text of a kind and named values, taken apart; a space is one text. */
    private static Map<String, String> parts(String name, String text) {
        if (name.equals(SPACE)) {
            return Map.of(name, text);
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            parts.put(equals > 0 ? part.substring(0, equals) : name, part.substring(equals + 1));
        }
        return parts;
    }

    private static Node node(Map<String, String> texts) {
        Node.Fields fields = Node.object();
        texts.forEach(fields::put);
        return fields.build();
    }
}
