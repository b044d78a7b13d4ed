/** The command line. */
@NullMarked
package org.lama.backtest.cli;

import org.jspecify.annotations.NullMarked;
