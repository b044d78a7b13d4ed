package org.lama.backtest.sweep;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.StrategyFinder;

/** A strategy with what another process needs to find the same one. The code is read only. */
final class StrategyCode {
    private static final String TRAVELLED = "lama-strategy";
    private static final String JAR = "strategy.jar";

    private final String what;
    private final String fileName;
    private final byte[] file;
    private final Blueprint blueprint;

    /** @param fileName of the source file or jar, empty if the strategy is on the class path */
    private StrategyCode(String what, String fileName, byte[] file, Blueprint blueprint) {
        this.what = what;
        this.fileName = fileName;
        this.file = file;
        this.blueprint = blueprint;
    }

    static StrategyCode find(String what, Optional<Path> jar) throws IOException {
        Blueprint blueprint = StrategyFinder.find(what, jar);
        if (StrategyFinder.isSource(what)) {
            Path source = Path.of(what);
            String name = String.valueOf(source.getFileName());
            return new StrategyCode(name, name, Files.readAllBytes(source), blueprint);
        }
        return jar.isPresent()
                ? new StrategyCode(what, JAR, Files.readAllBytes(jar.get()), blueprint)
                : new StrategyCode(what, "", new byte[0], blueprint);
    }

    String what() {
        return what;
    }

    String sha256() {
        return blueprint.codeSha256();
    }

    Blueprint blueprint() {
        return blueprint;
    }

    void write(DataOutputStream out) throws IOException {
        RecordBytes.text(out, what);
        RecordBytes.text(out, fileName);
        out.writeInt(file.length);
        out.write(file);
        RecordBytes.text(out, sha256());
    }

    static StrategyCode read(DataInputStream in) throws IOException {
        String what = RecordBytes.text(in);
        String fileName = RecordBytes.text(in);
        byte[] file = RecordBytes.bytes(in, in.readInt());
        String expected = RecordBytes.text(in);
        StrategyCode found = new StrategyCode(what, fileName, file, find(what, fileName, file));
        if (!found.sha256().equals(expected)) {
            throw new IOException("strategy " + what + " has other code in this process: checksum " + found.sha256()
                    + ", expected " + expected + "; give all processes the same jars");
        }
        return found;
    }

    /** Code of users lies in a folder of its own only while it is compiled or loaded. */
    private static Blueprint find(String what, String fileName, byte[] file) throws IOException {
        if (fileName.isEmpty()) {
            return StrategyFinder.find(what, Optional.empty());
        }
        Path folder = Files.createTempDirectory(TRAVELLED);
        Path copy = folder.resolve(String.valueOf(Path.of(fileName).getFileName()));
        try {
            Files.write(copy, file);
            return fileName.equals(JAR)
                    ? StrategyFinder.find(what, Optional.of(copy))
                    : StrategyFinder.find(copy.toString(), Optional.empty());
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(folder);
        }
    }
}
