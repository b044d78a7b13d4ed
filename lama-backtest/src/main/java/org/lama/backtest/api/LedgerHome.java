package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Seal;
import org.lama.core.search.TrialLedger;

/**
 * Where trial ledgers lie: beside the data. And where the user's own memory of all trial ledgers lies, apart from the ledgers themselves: {@code ~/.config/lama/ledgers},
 * or what the environment variable {@code LAMA_LEDGERS} or the system property {@code lama.ledgers} says; {@code none} for
 * none.
 */
final class LedgerHome {
    private static final String PROPERTY = "lama.ledgers";
    private static final String VARIABLE = "LAMA_LEDGERS";
    private static final String NONE = "none";
    private static final String NAME = ".lama";

    private LedgerHome() {}

    static Optional<Path> folder() {
        String asked = Objects.requireNonNullElse(
                System.getProperty(PROPERTY), Objects.requireNonNullElse(System.getenv(VARIABLE), ""));
        if (asked.equals(NONE)) {
            return Optional.empty();
        }
        return asked.isBlank() ? standard() : Optional.of(Path.of(asked));
    }

    private static Optional<Path> standard() {
        String user = System.getProperty("user.home", "");
        return user.isBlank() ? Optional.empty() : Optional.of(Path.of(user, ".config", "lama", "ledgers"));
    }

    /**
     * The seals that the user's own memory knows, by the folder of their ledger. What was sealed under the standard memory
     * stays sealed whatever else, or nothing, is named: a variable of the environment unseals nothing.
     */
    static SortedMap<String, List<Seal.Kept>> rememberedSeals() throws IOException {
        SortedMap<String, List<Seal.Kept>> seals = new TreeMap<>();
        Optional<Path> named = folder();
        if (named.isPresent()) {
            seals.putAll(TrialLedger.rememberedSeals(named.get()));
        }
        Optional<Path> standard = standard();
        if (standard.isPresent() && !standard.equals(named)) {
            for (Map.Entry<String, List<Seal.Kept>> each :
                    TrialLedger.rememberedSeals(standard.get()).entrySet()) {
                seals.merge(each.getKey(), each.getValue(), LedgerHome::both);
            }
        }
        return seals;
    }

    private static List<Seal.Kept> both(List<Seal.Kept> first, List<Seal.Kept> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    /** Why the user's own memory of ledgers cannot be kept; empty if it can, or if none is wanted. */
    static Optional<String> unremembered() {
        Optional<Path> folder = folder();
        if (folder.isPresent()) {
            try {
                Files.createDirectories(folder.get());
                Files.delete(Files.createTempFile(folder.get(), ".ledgers", ".tmp"));
            } catch (IOException | UnsupportedOperationException unwritable) {
                return Optional.of("the folder " + folder.get() + ", which remembers ledgers and seals a second time,"
                        + " cannot be written, so a ledger that is deleted with its .lama folder would not be missed;"
                        + " name another one with " + VARIABLE + ", or none");
            }
        }
        return Optional.empty();
    }

    /** A ledger with its memory. */
    static TrialLedger ledger(Path directory, TimeSource clock) {
        TrialLedger ledger = TrialLedger.in(directory, clock);
        return folder().map(ledger::withCopies).orElse(ledger);
    }

    /** {@code .lama} beside the data, or in the working directory. */
    static Path beside(DataRequest request) {
        Path ledger = nextTo(request);
        Path folder = Optional.ofNullable(ledger.getParent()).orElse(Path.of(""));
        return Files.isWritable(folder) || Files.isWritable(ledger) ? ledger : Path.of(NAME);
    }

    /** Why the ledger of some data does not lie beside them; empty if it does, or if another one was named. */
    static Optional<String> elsewhere(DataRequest request, Path ledger) {
        boolean away = request.path().isPresent() && ledger.equals(Path.of(NAME));
        return away && beside(request).equals(ledger)
                ? Optional.of(
                        "nothing can be written beside the data, so the trials of this run are counted in the folder "
                                + NAME
                                + " of the working directory, and in another directory anew; name one folder with --ledger")
                : Optional.empty();
    }

    /** {@code .lama} beside the data even where nothing can be written: a seal may have been set there. */
    static Path nextTo(DataRequest request) {
        return request.path()
                .map(LedgerHome::real)
                .map(path -> Optional.ofNullable(path.getParent()).orElse(path))
                .orElse(Path.of(""))
                .resolve(NAME);
    }

    /** A link leads to the ledger of what it names: a seal is not opened, and no count begun anew, by another way to it. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath();
        }
    }

    static IOException unusable(Path folder, IOException failure) {
        String reason = failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : failure instanceof FileAlreadyExistsException
                        ? "it is a file, not a folder"
                        : String.valueOf(failure.getMessage()).equals(String.valueOf(folder))
                                ? failure.getClass().getSimpleName()
                                : String.valueOf(failure.getMessage());
        return new IOException(
                folder + ": the trial ledger cannot be used, so the trials cannot be counted: " + reason
                        + "; repair it or name another folder with --ledger",
                failure);
    }
}
