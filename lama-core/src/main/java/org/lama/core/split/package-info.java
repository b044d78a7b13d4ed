/** Train and test windows as pure index arithmetic: walk-forward folds, cross-validation, purge and embargo. */
@NullMarked
package org.lama.core.split;

import org.jspecify.annotations.NullMarked;
