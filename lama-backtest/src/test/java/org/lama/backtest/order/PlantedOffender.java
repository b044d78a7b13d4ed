package org.lama.backtest.order;

import com.tngtech.archunit.lang.ArchRule;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Random;
import javax.net.ssl.X509TrustManager;
import org.lama.backtest.engine.BarEngine;
import org.lama.core.base.TimeSource;

/** Breaks every rule of the house, so that the rules can show that they work. */
@SuppressWarnings("all")
public class PlantedOffender implements Serializable {
    private final PlantedOffenderFriend friend = new PlantedOffenderFriend();

    public long breakEverything(List<Integer> numbers, ArchRule stranger) throws Exception {
        System.out.println(BarEngine.SEGMENT.length() + BarEngine.class.getName() + stranger);
        long now = System.currentTimeMillis() + TimeSource.system().nowNanos();
        int sum = numbers.parallelStream().mapToInt(Integer::intValue).sum();
        if (sum > 0) {
            throw new RuntimeException("planted");
        }
        return now + new Random().nextInt() + friend.hashCode();
    }

    public Object trustEverybody(InputStream in, X509TrustManager blind) throws Exception {
        HttpClient.newHttpClient();
        return new ObjectInputStream(in).readObject();
    }

    public PlantedOffenderFriend friend() {
        return friend;
    }
}
