package org.lama.backtest.api;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.lama.core.base.TimeSource;
import org.lama.core.search.TrialLedger;

/**
 * Where the user's own memory of all trial ledgers lies, apart from the ledgers themselves: {@code ~/.config/lama/ledgers},
 * or what the environment variable {@code LAMA_LEDGERS} or the system property {@code lama.ledgers} says; {@code none} for
 * none.
 */
final class LedgerHome {
    private static final String PROPERTY = "lama.ledgers";
    private static final String VARIABLE = "LAMA_LEDGERS";
    private static final String NONE = "none";

    private LedgerHome() {}

    static Optional<Path> folder() {
        String asked = Objects.requireNonNullElse(
                System.getProperty(PROPERTY), Objects.requireNonNullElse(System.getenv(VARIABLE), ""));
        String user = System.getProperty("user.home", "");
        if (asked.equals(NONE) || (asked.isBlank() && user.isBlank())) {
            return Optional.empty();
        }
        return Optional.of(asked.isBlank() ? Path.of(user, ".config", "lama", "ledgers") : Path.of(asked));
    }

    /** A ledger with its memory. */
    static TrialLedger ledger(Path directory, TimeSource clock) {
        TrialLedger ledger = TrialLedger.in(directory, clock);
        return folder().map(ledger::withCopies).orElse(ledger);
    }
}
