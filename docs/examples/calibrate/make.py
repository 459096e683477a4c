"""Writes latencies.csv: a made-up service whose cache answers four requests of five."""
import math
import random

luck = random.Random(3)
with open("latencies.csv", "w") as file:
    file.write("latency_ms,tokens\n")
    for _ in range(2000):
        tokens = luck.randrange(10, 400)
        is_hit = luck.random() < 0.8
        time = math.exp(luck.gauss(1.4, 0.3) if is_hit else luck.gauss(3.6, 0.35))
        file.write(f"{time:.3f},{tokens}\n")
