"""Fits the polynomials and rational functions of Sources/Probability (Remez's exchange, relative error).

Prints coefficients rounded to binary64 as hexadecimal literals, lowest power first, with the largest
relative error of the rounded form, in exact arithmetic, on a dense grid.
"""
from mpmath import *
import sys
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

def remez(f, a, b, p, q=0, n=500, weight=None, name="", digits=None):
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
