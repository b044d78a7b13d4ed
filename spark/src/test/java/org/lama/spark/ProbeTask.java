package org.lama.spark;

import java.nio.ByteBuffer;
import org.lama.core.search.PortableTask;

/** A family of probes; its shared bytes say at which indices it fails. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProbeTask(byte[] shared) implements PortableTask<ProbeTask.Found> {
    record Found(long process, double number) {}

    static ProbeTask failing(int every, boolean wrongArgument) {
        return new ProbeTask(ByteBuffer.allocate(5)
                .putInt(every)
                .put((byte) (wrongArgument ? 1 : 0))
                .array());
    }

    @Override
    public String worker() {
        return ProbeWorker.NAME;
    }

    @Override
    public byte[] input(int index) {
        return ByteBuffer.allocate(4).putInt(index).array();
    }

    @Override
    public Found result(int index, byte[] output) {
        ByteBuffer in = ByteBuffer.wrap(output);
        return new Found(in.getLong(), in.getDouble());
    }

    @Override
    public Found run(int index) {
        return result(index, new ProbeWorker().setUp(shared).run(input(index)));
    }
}
