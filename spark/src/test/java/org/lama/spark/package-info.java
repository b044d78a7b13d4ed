/** Tests of sweeps on Apache Spark. */
@NullMarked
package org.lama.spark;

import org.jspecify.annotations.NullMarked;
