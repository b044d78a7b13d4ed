/** ARIMA by exact maximum likelihood, automatic order and the momentum signal. */
@NullMarked
package org.lama.models.arima;

import org.jspecify.annotations.NullMarked;
