"""Draws requests.csv: a fortnight of a shop's orders with the refund score that production logged."""

import csv
import math
import random
from datetime import datetime, timedelta, timezone

luck = random.Random(20260301)
now = datetime(2026, 3, 1, tzinfo=timezone.utc)
end = now + timedelta(days=14)
habits = [luck.gauss(0, 0.7) for _ in range(700)]


def logistic(x):
    return 1 / (1 + math.exp(-x))


with open("requests.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["time", "customer", "country", "amount", "items", "age_days", "score", "latency_ms", "refunded"])
    while True:
        busy = 1.2 + math.sin(2 * math.pi * (now.hour - 9) / 24)
        now += timedelta(seconds=luck.expovariate(busy / 600))
        if now >= end:
            break
        customer = luck.randrange(len(habits))
        amount = round(math.exp(luck.gauss(3.4, 0.8)), 2)
        items = 1 + int(luck.expovariate(0.6))
        age = round(luck.expovariate(1 / 200), 1)
        truth = logistic(-2.1 + 0.018 * amount + 0.25 * items - 0.004 * age + habits[customer])
        score = logistic(-1.6 + 0.02 * amount)
        out.writerow(
            [
                now.strftime("%Y-%m-%dT%H:%M:%SZ"),
                f"c{customer:03}",
                ["DE", "FR", "IT"][customer % 3],
                amount,
                items,
                age,
                f"{score:.4f}",
                round(math.exp(luck.gauss(2.5, 0.4)), 1),
                int(luck.random() < truth),
            ]
        )
