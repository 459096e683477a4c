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

with open("subscriptions.csv", "w") as file:
    file.write("plan,days,cancelled,source,rating\n")
    for _ in range(300):
        plan = random.choice(["monthly", "yearly"])
        source = random.choice(["app", "web"])
        days = random.expovariate(1 / (70 if plan == "yearly" else 50))
        followed = random.uniform(30, 90)
        rating = round(random.gauss(3.6 if plan == "yearly" else 3.3, 0.8))
        answered = random.random() < (0.9 if plan == "yearly" else 0.75)
        shown = min(5, max(1, rating)) if answered else ""
        file.write(
            f"{plan},{min(days, followed):.1f},{int(days <= followed)},{source},{shown}\n")

with open("classes.csv", "w") as file:
    file.write("production,candidate,label,country,cost_production,cost_candidate,calls\n")
    names = ["billing", "delivery", "other"]
    for _ in range(400):
        label = random.choice(names)
        country = random.choice(["de", "fr"])
        share = 0.85 if country == "fr" else 0.65
        old = label if random.random() < 0.7 else random.choice(names)
        new = label if random.random() < share else random.choice(names)
        calls = random.randint(1, 4)
        cost = [round(sum(random.expovariate(1 / mean) for _ in range(calls)), 2)
                for mean in (2.0, 1.7)]
        file.write(f"{old},{new},{label},{country},{cost[0]},{cost[1]},{calls}\n")

with open("decisions.csv", "w") as file:
    file.write("clicked,chance,candidate,model,model_candidate\n")
    clicks = {"top": 0.30, "side": 0.12}
    for _ in range(600):
        top = random.random() < 0.5
        place = "top" if top else "side"
        clicked = int(random.random() < clicks[place])
        wanted = 0.8 if top else 0.2
        model = {"top": 0.28, "side": 0.15}
        average = 0.8 * model["top"] + 0.2 * model["side"]
        file.write(f"{clicked},0.5,{wanted},{model[place]},{average:.3f}\n")
