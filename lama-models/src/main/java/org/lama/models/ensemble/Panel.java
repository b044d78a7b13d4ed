package org.lama.models.ensemble;

/** The directional members that count in one decision; columns of equal length. Owned by one session and reused. */
final class Panel {
    /** Position of each used member in the session's list. */
    final int[] member;

    final double[] value;
    final double[] confidence;
    int size;

    Panel(int capacity) {
        member = new int[capacity];
        value = new double[capacity];
        confidence = new double[capacity];
    }

    void add(int position, double signal, double trust) {
        member[size] = position;
        value[size] = signal;
        confidence[size] = trust;
        size++;
    }
}
