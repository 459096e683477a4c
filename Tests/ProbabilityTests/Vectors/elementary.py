"""Writes elementary.json: arguments and correctly rounded results of the elementary functions.

Run in an environment with mpmath (1.4.1 was used): python3 elementary.py
Each row is [x, result] or [x, y, result], the bits of a binary64 number in hexadecimal; results are
computed with at least 60 digits (the circle's with enough for its argument) and rounded once.
"""

import json
import random
import struct
from pathlib import Path

from mpmath import cos, erf, erfc, exp, expm1, log, log1p, loggamma, mp, mpf, pi, power, re, sin, sqrt

random.seed(20240917)


def bits(value):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", float(value)))[0]


def log_uniform(low, high):
    return 10 ** random.uniform(low, high)


def signed(value):
    return random.choice((-1, 1)) * value


def normal_cdf(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def normal_quantile(p):
    p = mpf(p)
    if p > mpf("0.5"):
        return -normal_quantile(1 - p)
    z = -sqrt(-2 * log(p)) * mpf("0.97") if p < mpf("0.1") else mpf(0)
    for _ in range(100):
        tail = normal_cdf(z)
        step = (log(tail) - log(p)) * tail / (exp(-z * z / 2) / sqrt(2 * pi))
        z -= step
        if abs(step) < mpf(10) ** -50 * max(abs(z), mpf(10) ** -20):
            return z
    raise ArithmeticError(p)


u = random.uniform
CASES = {
    "exp": (exp, [lambda: u(-1, 1), lambda: u(-745, 709.7), lambda: signed(log_uniform(-20, 2)), lambda: u(-745, -707)],
            [0.0, -0.0, 1.0, 709.782712893384, -745.1332191019411, -708.3964185322641, 5e-324]),
    "expm1": (expm1, [lambda: u(-1, 1), lambda: u(-40, 41), lambda: signed(log_uniform(-20, 1.5)), lambda: u(0.34, 0.45)],
              [0.0, -0.0, 5e-324, 709.782712893384, -50.0]),
    "log": (log, [lambda: u(0.5, 2), lambda: log_uniform(-307, 308), lambda: u(0, 1e-308), lambda: 1 + signed(log_uniform(-16, -1))],
            [1.0, 2.0, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308]),
    "log1p": (log1p, [lambda: u(-0.9999, 2), lambda: log_uniform(-300, 300), lambda: signed(log_uniform(-18, -0.01)), lambda: u(-0.31, 0.43)],
              [0.0, -0.0, 5e-324, 1.7976931348623157e308, -0.9999999999999999]),
    "sin": (sin, [lambda: u(-4, 4), lambda: u(-1e6, 1e6), lambda: signed(log_uniform(-10, 308)), lambda: float(pi * random.randrange(1, 10**6))],
            [0.0, -0.0, 1.7976931348623157e308, 6381956970095103 * 2.0**797, 5e-324]),
    "cos": (cos, [lambda: u(-4, 4), lambda: u(-1e6, 1e6), lambda: signed(log_uniform(-10, 308)), lambda: float(pi / 2 * random.randrange(1, 10**6))],
            [0.0, 1.7976931348623157e308, 6381956970095103 * 2.0**797]),
    "logistic": (lambda x: 1 / (1 + exp(-x)), [lambda: u(-40, 40), lambda: u(-744, 40)], [0.0]),
    "pow": (power, [lambda: (log_uniform(-300, 300), u(-1, 1)), lambda: (u(0, 3), u(-300, 300)),
                    lambda: (1 + signed(log_uniform(-9, -3)), signed(log_uniform(0, 10))),
                    lambda: (float(random.randrange(2, 50)), float(random.randrange(-30, 30))),
                    lambda: (-float(random.randrange(2, 50)), float(random.randrange(-30, 30)))],
            [(2.0, -1074.0), (2.0, 1023.0), (10.0, 308.0), (5e-324, 0.5), (1.0000000000000002, 1e18)]),
    "erf": (erf, [lambda: u(-1, 1), lambda: u(-6, 6), lambda: log_uniform(-300, 0)], [0.0]),
    "erfc": (erfc, [lambda: u(-3, 3), lambda: u(0, 26)], [0.0, 26.5]),
    "erfcx": (lambda x: exp(x * x) * erfc(x), [lambda: u(-3, 10), lambda: log_uniform(0, 9)], [0.0]),
    "normalCDF": (normal_cdf, [lambda: u(-3, 3), lambda: u(-38.4, 3)], [0.0, -37.5]),
    "normalQuantile": (normal_quantile, [lambda: u(0, 1), lambda: log_uniform(-307, -0.3), lambda: 0.5 + signed(log_uniform(-12, -1))],
                       [0.025, 0.075, 0.925, 1e-300, 5e-324]),
    "logGamma": (lambda x: re(loggamma(x)), [lambda: u(0, 3), lambda: u(0, 20), lambda: log_uniform(-10, 8), lambda: 1 + signed(log_uniform(-12, -1)), lambda: 2 + signed(log_uniform(-12, -1))],
                 [0.5, 3.0, 1e17, 1e300]),
}

vectors = {}
for name, (function, draws, fixed) in CASES.items():
    rows = []
    for x in fixed + [random.choice(draws)() for _ in range(200)]:
        arguments = x if isinstance(x, tuple) else (x,)
        mp.dps = 420 if name in ("sin", "cos") and abs(arguments[0]) > 1e15 else 60
        if name in ("sin", "expm1", "log1p", "erf") and arguments[0] == 0:
            result = arguments[0]  # keeps the sign of zero
        else:
            result = function(*[mpf(v) for v in arguments])
        rows.append([bits(v) for v in arguments] + [bits(result)])
    vectors[name] = rows

text = ",\n".join(
    json.dumps(name) + ": [\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
    for name, rows in vectors.items())
Path(__file__).with_name("elementary.json").write_text("{\n" + text + "\n}\n")
