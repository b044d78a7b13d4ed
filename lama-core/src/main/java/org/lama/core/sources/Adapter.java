package org.lama.core.sources;

import java.io.IOException;
import java.util.List;
import org.lama.core.base.Check;
import org.lama.core.net.RateLimit;
import org.lama.core.series.Provenance;

/** What all adapters share: who they are, settings, and the way to a host. Thread-safe if its heirs are. */
abstract class Adapter implements Source {
    final SourceSettings settings;
    private final Card card;

    /**
     * Who a source is.
     *
     * @param name its name
     * @param venue the venue in ids of instruments
     * @param origin how far its values can be trusted
     * @param standing against what it was run
     * @param offers what it gives
     */
    record Card(String name, String venue, Provenance.Kind origin, Standing standing, List<Offer> offers) {
        /** An exchange that was only ever seen in its documentation. */
        static Card shapeOnly(String name, String venue, Offer... offers) {
            return new Card(name, venue, Provenance.Kind.EXCHANGE, Standing.SHAPE_ONLY, List.of(offers));
        }

        /** An exchange whose replies others have recorded. */
        static Card recorded(String name, String venue, Offer... offers) {
            return new Card(name, venue, Provenance.Kind.EXCHANGE, Standing.RECORDED, List.of(offers));
        }

        /** A vendor that was only ever seen in its documentation. */
        static Card vendor(String name, String venue, Offer... offers) {
            return new Card(name, venue, Provenance.Kind.VENDOR, Standing.SHAPE_ONLY, List.of(offers));
        }
    }

    Adapter(Card card, SourceSettings settings) {
        this.card = card;
        this.settings = Check.notNull(settings, "settings");
    }

    @Override
    public final String name() {
        return card.name();
    }

    @Override
    public final String venue() {
        return card.venue();
    }

    @Override
    public final Provenance.Kind origin() {
        return card.origin();
    }

    @Override
    public final Standing standing() {
        return card.standing();
    }

    @Override
    public final List<Offer> offers() {
        return card.offers();
    }

    /** None, where nothing is traded or listed. */
    @Override
    public List<Listing> listings() throws IOException {
        return List.of();
    }

    final Host host(String url, RateLimit rate) {
        return new Host(name(), url, rate, settings);
    }
}
