"""Fits the polynomials and rational functions of Sources/Probability (Remez's exchange, relative error).

Prints coefficients rounded to binary64 as hexadecimal literals, lowest power first, with the largest error of the
rounded form, in exact arithmetic, on a dense grid. The levelled error of a rational function is the smallest real
eigenvalue without a pole in the interval (Pachon and Trefethen 2009). Takes about three minutes; needs mpmath.
"""

import sys

from mpmath import (
    atanh, cos, eig, erf, erfc, erfinv, exp, fprod, fsum, im, log, loggamma, lu_solve, matrix, mp, mpf,
    nstr, pi, re, sin, sqrt)

mp.dps = 100

def grid(a, b, n):
    a, b = mpf(a), mpf(b)
    return [(a + b) / 2 - (b - a) / 2 * cos(pi * i / (n - 1)) for i in range(n)]

def horner(c, x):
    r = mpf(0)
    for v in reversed(c): r = r * x + v
    return r

def extrema(err):
    runs, cur = [], [0]
    for i in range(1, len(err)):
        if (err[i] > 0) == (err[cur[-1]] > 0): cur.append(i)
        else: runs.append(cur); cur = [i]
    runs.append(cur)
    return [max(r, key=lambda i: abs(err[i])) for r in runs]

def remez(f, a, b, p, q=0, n=500, weight=None, name=""):
    """weight(x, f): what the absolute error is divided by."""
    xs = grid(a, b, n)
    fs = [f(x) for x in xs]
    ws = [abs(weight(x, y)) if weight else abs(y) for x, y in zip(xs, fs)]
    m = p + q + 2
    ref = [round((n - 1) * (1 - float(cos(pi * i / (m - 1)))) / 2) for i in range(m)]
    # reference in index space of a Chebyshev grid is uniform
    ref = [round(i * (n - 1) / (m - 1)) for i in range(m)]
    E = mpf(0)
    best = None
    if q:
        k = p + q + 1
        A, y = matrix(k, k), matrix(k, 1)
        for row in range(k):
            i = round((row + 0.5) * (n - 1) / k)
            for j in range(p + 1): A[row, j] = xs[i] ** j
            for j in range(1, q + 1): A[row, p + j] = -fs[i] * xs[i] ** j
            y[row] = fs[i]
        c = lu_solve(A, y)
        P = [c[i] for i in range(p + 1)]
        Q = [mpf(1)] + [c[p + j] for j in range(1, q + 1)]
        err = [(horner(P, x) / horner(Q, x) - y) / w for x, y, w in zip(xs, fs, ws)]
        ext = extrema(err)
        best = (max(abs(e) for e in err), P, Q)
        if len(ext) >= m:
            while len(ext) > m:
                if abs(err[ext[0]]) < abs(err[ext[-1]]): ext.pop(0)
                else: ext.pop()
            ref = ext
    for it in range(25):
        Q = None
        X = [xs[i] for i in ref]
        F = [fs[i] for i in ref]
        S = [(-1) ** row * ws[i] for row, i in enumerate(ref)]
        D = [1 / fprod(X[i] - X[k] for k in range(m) if k != i) for i in range(m)]
        A, B = matrix(q + 1, q + 1), matrix(q + 1, q + 1)
        for j in range(q + 1):
            for l in range(q + 1):
                A[j, l] = fsum(D[i] * X[i] ** (j + l) * F[i] for i in range(m))
                B[j, l] = fsum(D[i] * X[i] ** (j + l) * S[i] for i in range(m))
        values, vectors = eig(-(B ** -1) * A) if q else ([-A[0, 0] / B[0, 0]], matrix([[1]]))
        choice = None
        for k, E in enumerate(values):
            if abs(im(E)) > abs(E) * mpf(10) ** -20: continue
            E = re(E)
            c = [re(vectors[j, k] / vectors[0, k]) for j in range(q + 1)]
            if min(horner(c, x) for x in xs[::7]) <= 0: continue
            if choice is None or abs(E) < abs(choice[0]): choice = (E, c)
        if choice is None: break
        E, Q = choice
        V, y = matrix(p + 1, p + 1), matrix(p + 1, 1)
        for i in range(p + 1):
            for j in range(p + 1): V[i, j] = X[i] ** j
            y[i] = (F[i] + E * S[i]) * horner(Q, X[i])
        P = list(lu_solve(V, y))
        err = [(horner(P, x) / horner(Q, x) - y) / w for x, y, w in zip(xs, fs, ws)]
        top = max(abs(e) for e in err)
        if best is None or top < best[0]: best = (top, P, Q)
        # extrema: largest of each sign run
        ext = extrema(err)
        if len(ext) < m: break
        while len(ext) > m:
            if abs(err[ext[0]]) < abs(err[ext[-1]]): ext.pop(0)
            else: ext.pop()
        if ext == ref: break
        ref = ext
    top, P, Q = best
    Pd = [mpf(float(v)) for v in P]; Qd = [mpf(float(v)) for v in Q]
    rounded = max(abs((horner(Pd, x) / horner(Qd, x) - y) / w) for x, y, w in zip(xs, fs, ws))
    print(f"// {name}: [{nstr(mpf(a),8)}, {nstr(mpf(b),8)}] degree {p}/{q}: error {nstr(top,3)} = 2^{nstr(log(top,2),4)}, rounded {nstr(rounded,3)}")
    fmt = lambda v: float(v).hex().replace("p+", "p")
    print("  P", ", ".join(fmt(v) for v in P))
    if q: print("  Q", ", ".join(fmt(v) for v in Q))
    sys.stdout.flush()
    return P, Q


def differences(P, Q):
    """P/Q − 1 as a fraction over the same Q."""
    Q = list(Q) + [mpf(0)] * (len(P) - len(Q))
    return [p - q for p, q in zip(P, Q)]


def near_zero(function, limit, below=mpf(10) ** -12):
    """The function, with its limit where the formula would divide by zero."""
    return lambda x: function(x) if abs(x) > below else limit


def log_bend(z):
    s = sqrt(z)
    return 2 * (atanh(s) / s - 1) / z


def normal_tail(exponent):
    """The z > 0 with P(Z > z) = exp(−exponent)."""
    z = sqrt(2 * exponent - log(2 * pi * max(2 * exponent, 1))) if exponent > 2 else mpf(1)
    while True:
        tail = erfc(z / sqrt(mpf(2))) / 2
        step = (log(tail) + exponent) * tail / (exp(-z * z / 2) / sqrt(2 * pi))
        z += step
        if abs(step) < mpf(10) ** -60:
            return z


def normal_centre(r):
    q = sqrt(abs(mpf("0.180625") - r))
    return sqrt(mpf(2)) * erfinv(2 * q) / q if q > mpf(10) ** -12 else sqrt(2 * pi)


def giles(w):
    x = sqrt(1 - exp(-w)) if w > 0 else mpf(0)
    return sqrt(mpf(2)) * erfinv(x) / x if x > mpf(10) ** -12 else sqrt(2 * pi) / 2


def erfcx(x):
    return exp(x * x) * erfc(x)


def ratio(function, limit):
    return lambda t: function(t) / t if abs(t) > mpf(10) ** -20 else limit


if __name__ == "__main__":
    half_step = log(mpf(2)) / 2 * mpf("1.0001")
    remez(near_zero(lambda r: (exp(r) - 1 - r) / r**2, mpf(1) / 2), -half_step, half_step, 10,
          name="Elementary.expCubic + 1/2")
    z = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.001")
    remez(near_zero(log_bend, mpf(2) / 3), 0, z, 6, name="Elementary.logBend / z")
    remez(near_zero(lambda z: (atanh(sqrt(z)) / sqrt(z) - 1 - z / 3 - z * z / 5) / z**3, mpf(1) / 7,
                    mpf(10) ** -8), 0, z, 6, name="Elementary.logRest")
    remez(near_zero(log_bend, mpf(2) / 3), 0, mpf("0.19"), 14, name="LogDeviation.bend / z")
    eighth = (pi / 4) ** 2 * mpf("1.001")
    remez(near_zero(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, -mpf(1) / 6), 0, eighth, 5, name="sine")
    remez(near_zero(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, mpf(1) / 24, mpf(10) ** -10), 0, eighth,
          5, name="cosine")
    P, Q = remez(near_zero(lambda z: erf(sqrt(z)) / sqrt(z), 2 / sqrt(pi), mpf(10) ** -20), 0, 1, 6, 5,
                 name="ErrorFunction.erfBend + 1")
    print("  P - Q", ", ".join(float(v).hex() for v in differences(P, Q)))
    remez(lambda u: erfcx(u + mpf("0.5")), 0, mpf("1.5"), 7, 7, name="erfcx from 1/2")
    remez(lambda u: erfcx(u + 2), 0, 2, 6, 6, name="erfcx from 2")
    remez(near_zero(lambda t: (erfcx(1 / sqrt(t)) * sqrt(pi) / sqrt(t) - 1) / t, -mpf(1) / 2,
                    mpf(10) ** -10), 0, mpf(1) / 16, 5, 5, name="erfcx from 4")
    remez(normal_centre, 0, mpf("0.180625"), 7, 7, n=300, name="Normal.centralQuantile")
    start = sqrt(-log(mpf("0.075"))) * mpf("0.9999") - mpf("1.6")
    remez(lambda u: normal_tail((u + mpf("1.6")) ** 2), start, mpf("3.4"), 7, 7, n=300,
          name="Normal.nearTail")
    remez(lambda u: normal_tail((u + 5) ** 2), 0, mpf("22.4"), 7, 7, n=300, name="Normal.farTail")
    remez(lambda u: re(ratio(lambda t: loggamma(1 + t), -mp.euler)(u - mpf("0.25"))), 0, mpf("0.75"), 7, 7,
          n=300, name="GammaFunction.logNearOne / t")
    remez(lambda u: re(ratio(lambda t: loggamma(2 + t), 1 - mp.euler)(u - mpf("0.5"))), 0, mpf("1.5"), 8, 8,
          n=300, name="GammaFunction.logNearTwo / t")
    remez(lambda u: giles(u + 3), -3, mpf("3.02"), 9, n=200, name="FloatNormal.central")
    low, high = sqrt(mpf("6.01")) - mpf("3.5"), sqrt(mpf("21.49")) - mpf("3.5")
    remez(lambda u: giles((u + mpf("3.5")) ** 2), low, high, 8, n=200, name="FloatNormal.tail")
    remez(near_zero(lambda f: (log(1 + f) - f + f * f / 2) / f**3, mpf(1) / 3, mpf(10) ** -10),
          (sqrt(mpf(1) / 2) - 1) * mpf("1.0001"), (sqrt(mpf(2)) - 1) * mpf("1.0001"), 5, n=300,
          weight=lambda f, y: 1 / max(abs(f) ** 3, mpf("1e-5")), name="FloatNormal.w")
