package org.lama.core.sources;

import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.InstrumentId;

/**
 * An instrument as a venue lists it. Immutable.
 *
 * @param symbol the venue's own spelling, to be used in requests
 * @param id canonical id
 * @param contract instrument and trading rules
 * @param trading whether it can be traded now
 * @param listedNanos since when, UTC epoch nanoseconds; empty if the venue does not say
 * @param delistedNanos until when: delivery, expiry or delisting; empty if the venue names none
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Listing(
        String symbol,
        InstrumentId id,
        Contract contract,
        boolean trading,
        OptionalLong listedNanos,
        OptionalLong delistedNanos) {
    /**
     * Checks the parts.
     *
     * @param symbol the venue's own spelling
     * @param id canonical id
     * @param contract instrument and trading rules
     * @param trading whether it can be traded now
     * @param listedNanos since when; may be empty
     * @param delistedNanos until when; may be empty
     */
    public Listing {
        Check.notBlank(symbol, "symbol");
        Check.notNull(id, "id");
        Check.notNull(contract, "contract");
        Check.notNull(listedNanos, "listedNanos");
        Check.notNull(delistedNanos, "delistedNanos");
    }
}
