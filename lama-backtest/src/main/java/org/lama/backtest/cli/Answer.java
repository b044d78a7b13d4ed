package org.lama.backtest.cli;

import org.lama.core.store.Node;

/** What a command found in one file, for machines and for people. */
interface Answer {
    /** Adds everything there is to know to the object of the file. */
    void addTo(Node.Fields fields);

    /** Tables and sentences for a reader, ending in a line feed. */
    String text();
}
