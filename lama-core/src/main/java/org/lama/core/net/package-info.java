/**
 * Talking HTTP and WebSocket to the outside world with limits, retries, redaction and checks. Knows no venue: which
 * paths, fields and rules a venue has is the business of its adapter.
 */
@NullMarked
package org.lama.core.net;

import org.jspecify.annotations.NullMarked;
