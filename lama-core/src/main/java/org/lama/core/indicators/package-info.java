/**
 * Technical indicators by TA-Lib's definitions, each as one resumable kernel that serves a stream of bars and whole
 * columns alike. Volatility and liquidity estimators live in {@code core.features}.
 */
@NullMarked
package org.lama.core.indicators;

import org.jspecify.annotations.NullMarked;
