package org.lama.backtest.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.lama.backtest.api.BacktestWatch;

/**
 * Keeps what the code of users prints out of results: what it prints in the run that was asked for goes to a stream for
 * people, and nothing is shown of the runs that only judge it. The streams of the process are put back at the end.
 */
final class StrategyPrints implements BacktestWatch, AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private final PrintStream people;

    private StrategyPrints(boolean json) {
        people = json ? err : out;
    }

    /** Where people read what a command prints: on standard error where standard output holds a document. */
    static StrategyPrints of(boolean json) {
        return new StrategyPrints(json);
    }

    /** From now on nothing is shown, but for the runs that begin. */
    void silence() {
        System.setOut(nowhere);
        System.setErr(nowhere);
    }

    @Override
    public void begins() {
        System.setOut(people);
        System.setErr(err);
    }

    @Override
    public void ends() {
        silence();
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
