"""Writes laws.json: tails of probability laws and their logarithms, at 60 digits or more (mpmath 1.4.1).

    python3 laws.py [cases per law] > laws.json

Every case has the law, its parameters, a place x, and log P(X <= x) and log P(X > x) as doubles. Sums are taken
directly from the definitions: series of positive terms for the smaller tail, mixtures term by term with so many digits
that the complement of a small probability is right too. None of it shares a method with Sources/Probability.
"""
import json
import math
import random
import sys
from fractions import Fraction

from mpmath import mp, mpf, exp, log, log1p, loggamma, sqrt, pi, erfc, matrix, factorial

mp.dps = 60
luck = random.Random(20)


def spread(low, high):
    return math.exp(luck.uniform(math.log(low), math.log(high)))


def pair(p, is_lower):
    """Logarithms of both tails from one of them, as precise as it is."""
    other = log1p(-p)
    return (log(p), other) if is_lower else (other, log(p))


def gamma_tails(a, x):
    a, x = mpf(a), mpf(x)
    front = exp(a * log(x) - x - loggamma(a + 1))
    if x < a + 1:
        total = term = mpf(1)
        n = a
        while term > total * mpf(10) ** -(mp.dps + 5):
            n += 1
            term *= x / n
            total += term
        return pair(front * total, True)
    b, c, d = x + 1 - a, mpf(10) ** 1000, 1 / (x + 1 - a)
    h, i = d, 0
    while True:
        i += 1
        b += 2
        d = 1 / (-i * (i - a) * d + b)
        c = b - i * (i - a) / c
        h *= c * d
        if abs(c * d - 1) < mpf(10) ** -50:
            return pair(front * a * h, False)


def beta_tails(x, y, a, b):
    """At x + y = 1; DLMF 8.17.22."""
    x, y, a, b = mpf(x), mpf(y), mpf(a), mpf(b)
    is_lower = x * (a + b) < a
    if not is_lower:
        x, y, a, b = y, x, b, a
    front = exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))
    c = mpf(1)
    d = h = 1 / (1 - (a + b) * x / (a + 1))
    m = 0
    while True:
        m += 1
        for k in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                  -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + k * d)
            c = 1 + k / c
            h *= c * d
        if abs(c * d - 1) < mpf(10) ** -50:
            return pair(front * h, is_lower)


def student(t, n):
    t, n = mpf(t), mpf(n)
    outside = exp(beta_tails(n / (n + t * t), t * t / (n + t * t), n / 2, mpf(1) / 2)[0]) / 2
    return pair(outside, t < 0)


def mixture(weight, tails):
    """log of both sums of weight(j) e^tails(j), from j = 0 until nothing is added."""
    lower = upper = last = mpf(0)
    j = 0
    while True:
        w = weight(j)
        p, q = tails(j)
        lower += w * exp(p)
        upper += w * exp(q)
        if w < last and w < mpf(10) ** -400 and w * 10 ** 60 < min(lower, upper):
            return lower, upper
        last = w
        j += 1


def poisson_weight(mean, offset):
    return lambda j: exp((j + offset) * log(mean) - mean - loggamma(j + offset + 1))


def noncentral_chi_square(x, k, l):
    k, l = mpf(k), mpf(l)
    p, q = mixture(poisson_weight(l / 2, 0), lambda j: gamma_tails(k / 2 + j, mpf(x) / 2))
    return log(p), log(q)


def noncentral_f(f, n, m, l):
    f, n, m, l = map(mpf, (f, n, m, l))
    x, y = n * f / (m + n * f), m / (m + n * f)
    p, q = mixture(poisson_weight(l / 2, 0), lambda j: beta_tails(x, y, n / 2 + j, m / 2))
    return log(p), log(q)


def noncentral_t(t, n, d):
    t, n, d = map(mpf, (t, n, d))
    if d < 0:
        return noncentral_t(-t, n, -d)[::-1]
    x, y = t * t / (n + t * t), n / (n + t * t)
    half = mpf(1) / 2
    even = mixture(poisson_weight(d * d / 2, 0), lambda j: beta_tails(x, y, half + j, n / 2))
    odd = mixture(poisson_weight(d * d / 2, half), lambda j: beta_tails(x, y, 1 + j, n / 2))
    below = erfc(d / sqrt(mpf(2))) / 2
    if t >= 0:
        return log(below + (even[0] + odd[0]) / 2), log((even[1] + odd[1]) / 2)
    p = below - (even[0] - odd[0]) / 2
    return log(p), log1p(-p)


def exact(p):
    """From a fraction."""
    is_lower = 2 * p < 1
    smaller = p if is_lower else 1 - p
    return pair(mpf(smaller.numerator) / smaller.denominator, is_lower)


def hypergeometric(k, n, m, d):
    ways = sum(math.comb(m, j) * math.comb(n - m, d - j) for j in range(max(0, d - n + m), k + 1))
    return exact(Fraction(ways, math.comb(n, d)))


def kolmogorov(x):
    x = mpf(x)
    terms = range(1, 200)
    if x > 1:
        return pair(sum(2 * (-1) ** (k - 1) * exp(-2 * k * k * x * x) for k in terms), False)
    lower = sqrt(2 * pi) / x * sum(exp(-((2 * k - 1) * pi / x) ** 2 / 8) for k in terms)
    return pair(lower, True)


def kolmogorov_smirnov(d, n):
    """Marsaglia, Tsang and Wang (2003), with digits to spare."""
    product = n * Fraction(d)
    k = -(-product.numerator // product.denominator)
    h = mpf(k) - n * mpf(d)
    size = 2 * k - 1
    a = matrix(size, size)
    for i in range(size):
        for j in range(min(size, i + 2)):
            a[i, j] = 1
    for i in range(size):
        a[i, 0] -= h ** (i + 1)
        a[size - 1, i] -= h ** (size - i)
    if 2 * h > 1:
        a[size - 1, 0] += (2 * h - 1) ** size
    for i in range(size):
        for j in range(i + 1):
            a[i, j] /= factorial(i - j + 1)
    p = (a ** n)[k - 1, k - 1] * factorial(n) / mpf(n) ** n
    return log(p), log1p(-p)


def clean(value):
    return float(f"{value:.6g}")


def cases(count):
    def place(mean, deviation, low=1e-6):
        return clean(max(low, mean + luck.uniform(-9, 40) * deviation))
    for _ in range(count):
        n = clean(spread(0.5, 1e9))
        t = clean(luck.choice([luck.uniform(-5, 5), spread(1, 60)]))
        yield "t", [n], t, student(t, n)
        a = clean(spread(0.02, 1e6))
        x = place(a, math.sqrt(a), 1e-3 * a)
        yield "gamma", [a], x, gamma_tails(a, x)
        n, m = clean(spread(0.5, 1e5)), clean(spread(0.5, 1e5))
        f = clean(math.exp(luck.uniform(-20, 20) * min(1, math.sqrt(2 / n + 2 / m))))
        x, y = mpf(n) * f / (m + mpf(n) * f), m / (m + mpf(n) * f)
        yield "f", [n, m], f, beta_tails(x, y, mpf(n) / 2, mpf(m) / 2)
        n, p = int(spread(2, 1e5)), clean(luck.random())
        k = max(0, min(n - 1, int(n * p + luck.uniform(-30, 30) * math.sqrt(n * p * (1 - p)))))
        yield "binomial", [n, p], k, beta_tails(1 - mpf(p), p, n - k, k + 1)
        mu = clean(spread(0.01, 1e5))
        k = int(max(0, mu + luck.uniform(-20, 40) * math.sqrt(mu)))
        yield "poisson", [mu], k, gamma_tails(k + 1, mu)[::-1]
        n = int(spread(5, 4000))
        m, d = luck.randint(1, n - 1), luck.randint(1, n - 1)
        k = luck.randint(max(0, d - n + m), min(d, m) - 1) if min(d, m) > max(0, d - n + m) else None
        if k is not None:
            yield "hypergeometric", [n, m, d], k, hypergeometric(k, n, m, d)
        x = clean(spread(0.05, 30))
        yield "kolmogorov", [], x, kolmogorov(x)
        n = int(spread(2, 150))
        d = clean(min(0.95, 20 / n, max(0.6 / n, spread(0.3, 4) / math.sqrt(n))))
        mp.dps = 150
        yield "kolmogorov-smirnov", [n], d, kolmogorov_smirnov(d, n)
        mp.dps = 60
    for _ in range(count // 2):
        mp.dps = 400
        k, l = clean(spread(0.3, 60)), clean(spread(0.05, 60))
        x = place(k + l, math.sqrt(2 * k + 4 * l), 0.05)
        yield "noncentral-chi-square", [k, l], x, noncentral_chi_square(x, k, l)
        n, m = clean(spread(0.6, 40)), clean(spread(1, 200))
        f = clean((1 + l / n) * math.exp(luck.uniform(-3, 3)))
        yield "noncentral-f", [n, m, l], f, noncentral_f(f, n, m, l)
        d = clean(luck.choice([-1, 1]) * spread(0.05, 9))
        t = clean(d * luck.uniform(-2, 3))
        yield "noncentral-t", [m, d], t, noncentral_t(t, m, d)
        mp.dps = 60


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    lines = []
    for law, parameters, x, (lower, upper) in cases(count):
        lines.append(json.dumps({
            "law": law, "parameters": parameters, "x": x,
            "logLower": float(lower), "logUpper": float(upper)}))
    print("[\n" + ",\n".join(lines) + "\n]")
