package org.lama.backtest.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        settings.put("space", sampler.space().canonicalText());
        settings.put("sampler", sampler.canonicalText());
        settings.put("pruner", pruner.map(Pruner::canonicalText).orElse("none"));
        settings.put("function", function.canonicalText());
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

    private String differences(Node there) {
        List<String> found = new ArrayList<>();
        settings.forEach((name, value) -> {
            String other = there.find(name).map(Node::asText).orElse("");
            if (!other.equals(value)) {
                found.add(name + " was '" + other + "', is '" + value + "'");
            }
        });
        return String.join("; ", found);
    }

    private static Node node(Map<String, String> texts) {
        Node.Fields fields = Node.object();
        texts.forEach(fields::put);
        return fields.build();
    }
}
