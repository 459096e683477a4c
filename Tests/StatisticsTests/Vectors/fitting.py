"""Writes fitting.json: maximum-likelihood fits and nonnegative least squares by SciPy (1.17.1), on generated rows.

    python3 fitting.py > fitting.json

Every case has its values, the family, SciPy's parameters and its log-likelihood. SciPy maximises by a simplex, so its
own parameters are right to about 1e-4; the mixtures are maximised with BFGS from the true parameters.
"""
import json

import numpy as np
from scipy import optimize, stats

luck = np.random.default_rng(11)
cases = []


def add(family, values, parameters, log_likelihood):
    cases.append({
        "family": family, "values": [float(repr(float(v))) for v in values],
        "parameters": [float(p) for p in parameters], "logLikelihood": float(log_likelihood),
    })


def simplex(law, values, start):
    """Maximises over the logarithms of a law's parameters, from a start, to a tight tolerance."""
    def loss(logs):
        return -np.sum(law(*np.exp(logs)).logpdf(values))
    found = optimize.minimize(
        loss, np.log(start), method="Nelder-Mead",
        options={"xatol": 1e-11, "fatol": 1e-11, "maxiter": 20000, "maxfev": 20000})
    return np.exp(found.x), -found.fun


for shape, scale, n in [(0.6, 0.02, 150), (2.5, 0.004, 200), (40.0, 0.001, 120)]:
    values = luck.gamma(shape, scale, n)
    best, height = simplex(lambda a, s: stats.gamma(a, scale=s), values, [shape, scale])
    add("gamma", values, best, height)
    values = scale * luck.weibull(shape if shape < 10 else 5.0, n)
    best, height = simplex(
        lambda c, s: stats.weibull_min(c, scale=s), values, [min(shape, 5.0), scale])
    add("weibull", values, best, height)

values = luck.lognormal(-4.0, 0.7, 200)
s, _, scale = stats.lognorm.fit(values, floc=0)
add("lognormal", values, [np.log(scale), s], np.sum(stats.lognorm.logpdf(values, s, 0, scale)))
values = luck.exponential(0.03, 200)
add("exponential", values, [values.mean()],
    np.sum(stats.expon.logpdf(values, scale=values.mean())))

for share, mu, sigma in [(0.7, (-5.0, -2.5), (0.3, 0.4)), (0.9, (-4.0, -2.0), (0.5, 0.2))]:
    n = 400
    first = luck.random(n) < share
    values = np.exp(np.where(first, luck.normal(mu[0], sigma[0], n), luck.normal(mu[1], sigma[1], n)))

    def loss(x, values=values):
        w = 1 / (1 + np.exp(-x[0]))
        density = (w * stats.lognorm(np.exp(x[3]), scale=np.exp(x[1])).pdf(values)
                   + (1 - w) * stats.lognorm(np.exp(x[4]), scale=np.exp(x[2])).pdf(values))
        return -np.sum(np.log(density))
    found = optimize.minimize(
        loss, [np.log(share / (1 - share)), *mu, *np.log(sigma)], method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-11, "maxiter": 40000, "maxfev": 40000})
    x = found.x
    add("two-lognormals", values,
        [1 / (1 + np.exp(-x[0])), x[1], np.exp(x[3]), x[2], np.exp(x[4])], -found.fun)

squares = []
for columns in range(2, 6):
    design = luck.uniform(0, 10, (60, columns))
    design[:, 0] = 1
    truth = luck.choice([-0.5, 0.4, 1.5], columns)
    target = design @ truth + luck.normal(0, 0.3, 60)
    weights = luck.uniform(0.2, 3.0, 60)
    root = np.sqrt(weights)
    best, _ = optimize.nnls(design * root[:, None], target * root)
    squares.append({
        "columns": design.T.tolist(), "target": target.tolist(), "weights": weights.tolist(),
        "coefficients": best.tolist(),
    })

print(json.dumps({"fits": cases, "squares": squares}))
