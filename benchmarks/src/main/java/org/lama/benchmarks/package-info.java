/** JMH benchmarks of LAMA's hot paths, each beside a naive baseline. */
@NullMarked
package org.lama.benchmarks;

import org.jspecify.annotations.NullMarked;
