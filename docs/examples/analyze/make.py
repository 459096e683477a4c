"""Makes the two tables of docs/analyze.md: an experiment's sessions and two models' answers."""

import json
import random

random.seed(11)

with open("outcomes.csv", "w") as file:
    file.write("user_id,variant,revenue,sessions,before\n")
    for user in range(1, 241):
        variant = random.choice("AB")
        taste = random.lognormvariate(0, 0.5)
        before = round(4 * taste * random.lognormvariate(0, 0.3), 2)
        for _ in range(random.randint(1, 4)):
            sessions = random.randint(1, 3)
            lift = 1.2 if variant == "B" else 1.0
            revenue = round(4 * taste * lift * sessions * random.lognormvariate(0, 0.4), 2)
            file.write(f"u{user},{variant},{revenue},{sessions},{before}\n")

with open("answers.jsonl", "w") as file:
    for _ in range(400):
        y = int(random.random() < 0.35)
        hint = random.gauss(1.0 if y else -1.0, 1.0)
        old = 1 / (1 + 2.718281828 ** -(1.2 * hint + random.gauss(0, 1.2)))
        new = 1 / (1 + 2.718281828 ** -(1.4 * hint + random.gauss(0, 0.8)))
        row = {"production": round(old, 4), "candidate": round(new, 4), "label": y}
        file.write(json.dumps(row) + "\n")
