"""The assignment hash of docs/architecture.md in plain Python, with the values that are printed there."""

MASK32, MASK64 = 2**32 - 1, 2**64 - 1


def fnv1a(data: bytes) -> int:
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & MASK64
    return value


def finalise(value: int) -> int:
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK64
    return value ^ (value >> 31)


def philox(counter, key):
    x0, x1, x2, x3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * x0, 0xCD9E8D57 * x2
        x0, x1, x2, x3 = (p1 >> 32) ^ x1 ^ k0, p1 & MASK32, (p0 >> 32) ^ x3 ^ k1, p0 & MASK32
        k0, k1 = (k0 + 0x9E3779B9) & MASK32, (k1 + 0xBB67AE85) & MASK32
    return x0, x1, x2, x3


def identity(text: str) -> int:
    """The 64-bit identity of a unit that a recording names; synthetic units are their own number."""
    return finalise(fnv1a(text.encode()))


def position(salt: str, unit: int) -> float:
    """Where a unit stands in [0, 1)."""
    stream = fnv1a(f"assign/{salt}".encode())
    key = finalise((0x9E3779B97F4A7C15 + finalise(stream)) & MASK64)
    words = philox((unit & MASK32, unit >> 32, 0, 0), (key & MASK32, key >> 32))
    return ((words[0] << 32 | words[1]) >> 11) * 2.0**-53


if __name__ == "__main__":
    # The generator's published known answers: Random123, kat_vectors.
    assert philox((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
    for salt, name, unit in [
        ("deployment", "anna", identity("anna")),
        ("first-ab", "anna", identity("anna")),
        ("first-ab", "synthetic unit 42", 42),
    ]:
        print(f"{salt!r:14} {name:18} {unit:#018x} {position(salt, unit)!r}")
