package org.lama.backtest.cli;

/** The exit codes of every command. */
final class ExitCode {
    /** Done, whatever the verdict. */
    static final int DONE = 0;
    /** An error inside LAMA. */
    static final int INTERNAL = 1;
    /** Wrong usage or input. */
    static final int USAGE = 2;
    /** The data have faults of severity ERROR. */
    static final int DATA_FAULTS = 3;
    /** A rerun differs, or a cheat was found. */
    static final int DIFFERS = 4;
    /** Interrupted; partial results are kept. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
