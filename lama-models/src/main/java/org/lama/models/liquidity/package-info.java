/** On-chain and exchange liquidity score and its signal. */
@NullMarked
package org.lama.models.liquidity;

import org.jspecify.annotations.NullMarked;
