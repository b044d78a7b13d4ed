/** The Java kernel's display extension: figures and tables of studies in notebooks. */
@NullMarked
package org.lama.notebooks;

import org.jspecify.annotations.NullMarked;
