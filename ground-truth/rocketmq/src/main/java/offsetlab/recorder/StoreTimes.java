package offsetlab.recorder;

/** The times of a queue's messages twice: in the transcript's units, and as the broker stamped them. */
record StoreTimes(long[] units, long[] stored) {
    /** Whether equal units got equal stamps, and others others. */
    boolean inOrder() {
        for (int i = 1; i < units.length; i++) {
            if ((stored[i] == stored[i - 1]) != (units[i] == units[i - 1])) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a middle between any two messages. */
    boolean even() {
        for (int i = 1; i < units.length; i++) {
            if ((stored[i] - stored[i - 1]) % 2 != 0) {
                return false;
            }
        }
        return true;
    }

    /** A time in units as milliseconds of the broker's clock: in proportion between two messages, and beyond the ends. */
    long millis(long at) {
        int right = 0;
        while (right < units.length && units[right] < at) {
            right++;
        }
        if (right < units.length && units[right] == at) {
            return stored[right];
        } else if (right == 0) {
            return stored[0] - (units[0] - at) * 10;
        } else if (right == units.length) {
            return stored[right - 1] + (at - units[right - 1]) * 10;
        }
        int left = right - 1;
        return stored[left] + (stored[right] - stored[left]) * (at - units[left]) / (units[right] - units[left]);
    }
}
