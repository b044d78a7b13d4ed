package org.lama.backtest.order;

/** The other half of a circle of files. */
final class PlantedOffenderFriend {
    PlantedOffender back() {
        return new PlantedOffender();
    }
}
