package org.lama.backtest.sweep;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.engine.InstrumentEvent;
import org.lama.backtest.engine.Market;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/** A market as bytes: columns bit by bit, streams and events in their order. */
final class MarketBytes {
    private MarketBytes() {}

    static void write(DataOutputStream out, Market market) throws IOException {
        MarketData bars = market.bars();
        out.writeInt(bars.frames().size());
        for (Frame frame : bars.frames()) {
            RecordBytes.text(out, frame.symbol());
            out.writeLong(frame.barNanos());
            RecordBytes.write(out, frame.provenance());
            RecordBytes.longs(out, frame.index().copyRange(0, frame.size()));
            out.writeInt(frame.columnNames().size());
            for (String column : frame.columnNames()) {
                RecordBytes.text(out, column);
                RecordBytes.numbers(out, frame.column(column).toArray());
            }
        }
        RecordBytes.write(out, bars.quality());
        RecordBytes.write(out, bars.planted());
        RecordBytes.write(out, market.events());
        try {
            market.describe(new StreamWriter(out));
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
        out.writeByte(0);
    }

    static Market read(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            frames.add(frame(in));
        }
        Market.Builder market = Market.builder(new MarketData(
                frames,
                RecordBytes.readList(in, QualityReport.class),
                RecordBytes.readList(in, MarketData.Planted.class)));
        RecordBytes.readList(in, InstrumentEvent.class).forEach(market::event);
        byte kind = in.readByte();
        while (kind != 0) {
            stream(in, kind, market);
            kind = in.readByte();
        }
        return market.build();
    }

    private static Frame frame(DataInputStream in) throws IOException {
        String symbol = RecordBytes.text(in);
        long barNanos = in.readLong();
        Provenance provenance = RecordBytes.read(in, Provenance.class);
        Frame frame = Frame.of(symbol, TimeIndex.of(RecordBytes.longs(in)), barNanos, provenance);
        int columns = in.readInt();
        for (int c = 0; c < columns; c++) {
            String name = RecordBytes.text(in);
            frame = frame.with(name, RecordBytes.numbers(in));
        }
        return frame;
    }

    private static void stream(DataInputStream in, byte kind, Market.Builder market) throws IOException {
        String name = RecordBytes.text(in);
        long[] times = RecordBytes.longs(in);
        double[][] values = new double[in.readInt()][];
        for (int c = 0; c < values.length; c++) {
            values[c] = RecordBytes.numbers(in);
        }
        StreamBuilder builder = new StreamBuilder(market);
        switch (kind) {
            case 'f' -> builder.funding(name, times, values[0]);
            case 'c' -> builder.conversion(name, times, values[0]);
            case 't' -> builder.trades(name, times, values[0], values[1]);
            case 'b' -> builder.books(name, times, values);
            default -> throw new IOException("no stream begins with the byte " + kind);
        }
    }

    /** The same streams and events over the first bars, counted on the symbol that has most. */
    static Market prefix(Market market, long bars) {
        MarketData all = market.bars();
        Frame longest = all.frames().stream()
                .reduce((a, b) -> a.size() >= b.size() ? a : b)
                .orElseThrow();
        if (bars >= longest.size()) {
            return market;
        }
        long end = longest.index().at((int) bars);
        Market.Builder shorter = Market.builder(new MarketData(
                all.frames().stream()
                        .map(frame -> frame.head(Math.max(0, frame.index().ceiling(end))))
                        .toList(),
                all.quality(),
                all.planted()));
        market.describe(new StreamBuilder(shorter));
        market.events().forEach(shorter::event);
        return shorter.build();
    }

    private record StreamBuilder(Market.Builder market) implements Market.StreamListener {
        @Override
        public void funding(String symbol, long[] times, double[] rates) {
            market.funding(symbol, times, rates);
        }

        @Override
        public void conversion(String currency, long[] times, double[] rates) {
            market.conversion(currency, times, rates);
        }

        @Override
        public void trades(String symbol, long[] times, double[] prices, double[] quantities) {
            market.trades(symbol, times, prices, quantities);
        }

        @Override
        public void books(String symbol, long[] times, double[][] levels) {
            market.books(symbol, times, levels);
        }
    }

    private record StreamWriter(DataOutputStream out) implements Market.StreamListener {
        @Override
        public void funding(String symbol, long[] times, double[] rates) {
            stream('f', symbol, times, rates);
        }

        @Override
        public void conversion(String currency, long[] times, double[] rates) {
            stream('c', currency, times, rates);
        }

        @Override
        public void trades(String symbol, long[] times, double[] prices, double[] quantities) {
            stream('t', symbol, times, prices, quantities);
        }

        @Override
        public void books(String symbol, long[] times, double[][] levels) {
            stream('b', symbol, times, levels);
        }

        private void stream(char kind, String name, long[] times, double[]... values) {
            try {
                out.writeByte(kind);
                RecordBytes.text(out, name);
                RecordBytes.longs(out, times);
                out.writeInt(values.length);
                for (double[] column : values) {
                    RecordBytes.numbers(out, column);
                }
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }
}
