/**
 * Venues and vendors: which paths, fields and rules each of them has, and how what they say becomes rows of the store.
 * Owns paging, the choice between REST and bulk files, streams with resync, the chain of fallbacks and the job that
 * fetches into a store. Does not own HTTP (core.net) nor what a store keeps (core.store).
 */
@NullMarked
package org.lama.core.sources;

import org.jspecify.annotations.NullMarked;
