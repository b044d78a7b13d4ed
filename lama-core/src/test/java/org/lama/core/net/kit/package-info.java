/**
 * A venue on this machine that does what it is told, faults included, and a clock that runs only when it is told. For the
 * tests of all modules.
 */
@NullMarked
package org.lama.core.net.kit;

import org.jspecify.annotations.NullMarked;
