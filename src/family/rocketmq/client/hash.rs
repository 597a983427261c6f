//! The queue of a key, as `SelectMessageQueueByHash` chooses it.

/// Java's `String.hashCode`: of the UTF-16 code units.
#[must_use]
pub fn java_string(text: &str) -> i32 {
    let step = |hash: i32, unit: u16| hash.wrapping_mul(31).wrapping_add(i32::from(unit));
    text.encode_utf16().fold(0, step)
}

/// The queue of a key with this hash, of so many queues (at least 1).
#[must_use]
pub fn queue_of(hash: i32, queues: u32) -> u32 {
    let queues = i64::from(queues.max(1));
    (i64::from(hash) % queues).unsigned_abs() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hash_as_in_java() {
        for (key, hash, of_four, of_five) in [
            ("order-1", -1_207_111_310, 2, 0),
            ("order-2", -1_207_111_309, 1, 4),
            ("order-3", -1_207_111_308, 0, 3),
            ("Zoë", 90_166, 2, 1),
            ("", 0, 0, 0),
        ] {
            assert_eq!(java_string(key), hash, "{key}");
            assert_eq!(
                (queue_of(hash, 4), queue_of(hash, 5)),
                (of_four, of_five),
                "{key}"
            );
        }
        assert_eq!(
            [0, 1, 5, -1, -7].map(|hash| queue_of(hash, 4)),
            [0, 1, 1, 1, 3]
        );
    }
}
