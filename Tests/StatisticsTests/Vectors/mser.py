"""Writes mser.json: White's MSER on batch means, straight from its definition, with numpy in double precision.

python3 mser.py > mser.json
"""

import json

import numpy as np


def mser(means, most):
    """The first d in 0...most with the least sum of squares over (b - d)^2, and that least value."""
    values = [np.sum((means[d:] - means[d:].mean()) ** 2) / (len(means) - d) ** 2 for d in range(most + 1)]
    best = int(np.argmin(values))
    return best, float(values[best])


def case(name, values):
    values = np.asarray(values, dtype=np.int64)
    means = values[: len(values) // 5 * 5].reshape(-1, 5).mean(axis=1)
    truncation, statistic = mser(means, len(means) // 2)
    return {"name": name, "values": values.tolist(), "truncation": truncation, "statistic": statistic}


def main():
    draw = np.random.default_rng(20260101)
    noise = lambda n: draw.normal(0, 100, n)
    n = np.arange(400)
    waits = [0.0]
    for step in draw.exponential(1000, 599) - draw.exponential(1250, 599):
        waits.append(max(0.0, waits[-1] + step))
    cases = [
        case("no warm-up", 5000 + noise(400)),
        case("fades in", 5000 * (1 - np.exp(-n / 40)) + noise(400)),
        case("jumps at 100", np.where(n < 100, 0, 3000) + noise(400)),
        case("jumps at 300, past the half", np.where(n < 300, 0, 3000) + noise(400)),
        case("trend without end", 50 * n + noise(400)),
        case("waits of an M/M/1 that starts empty", waits),
        case("a rest of 3 at the end", 5000 + noise(203)),
        case("ten batches", 5000 + noise(50)),
    ]
    print(json.dumps(cases))


main()
