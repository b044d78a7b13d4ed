/** Strategies by name: the built-in examples, and those that users bring as a class, a jar or one source file. */
@NullMarked
package org.lama.backtest.strategies;

import org.jspecify.annotations.NullMarked;
