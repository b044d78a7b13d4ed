package org.lama.core.store;

import java.io.IOException;

/** A store on a server does what every store must do. */
class PostgresContractTest extends MarketStoreContract {
    @Override
    MarketStore store() throws IOException {
        PostgresServer server = PostgresServer.get();
        return ServerStores.open(server.settings(server.database()));
    }
}
