"""Makes the files in xgboost/: small models of every kind, and what XGBoost itself answers with them.

    pip install xgboost==3.2.0 numpy pandas
    python3 make_xgboost_vectors.py [elec2.csv elec2_lr.json elec2_predictions.csv]

The three arguments are the electricity recording, the linear model on it and its predictions; without
them the files in elec2/ are left as they are. One thread and fixed seeds: the files come out the same.
"""
import csv, json, os, shutil, sys
import numpy as np, pandas as pd, xgboost as xgb

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "xgboost")
ROWS = 300
os.makedirs(OUT, exist_ok=True)
xgb.set_config(verbosity=0)
rng = np.random.default_rng(20)


def features(n):
    """normal; a coarse grid, so that values meet thresholds; one in five missing; whole numbers; a category."""
    frame = pd.DataFrame({
        "normal": rng.normal(size=n),
        "grid": rng.integers(0, 9, n) / 8,
        "holes": np.where(rng.random(n) < 0.2, np.nan, rng.exponential(size=n)),
        "whole": rng.integers(-3, 30, n).astype(float),
        "kind": rng.integers(0, 12, n).astype(float),
    }).astype(np.float32)
    frame.loc[rng.random(n) < 0.05, "kind"] = np.nan
    frame.loc[rng.random(n) < 0.02, "normal"] = np.nan
    return frame


train, rows = features(3000), features(ROWS)
# Categories that training never saw: just above, far above, beyond every list.
rows.loc[0, "kind"], rows.loc[1, "kind"], rows.loc[2, "kind"] = 12, 40, 5000
hidden = (np.nan_to_num(train.normal) + 2 * (train.grid > 0.5) + train.holes.fillna(2)
          - 0.05 * train.whole + train.kind.isin([1, 4, 7, 9]) * 1.5).to_numpy(np.float64)
noisy = hidden + rng.normal(size=len(train))
labels = {
    "binary": (noisy > np.median(noisy)).astype(float),
    "real": noisy,
    "share": 1 / (1 + np.exp(-noisy)),
    "count": rng.poisson(np.exp(0.4 * hidden)).astype(float),
    "positive": np.exp(0.4 * noisy),
    "always": np.ones(len(train)),
    "class": np.digitize(noisy, np.quantile(noisy, [0.3, 0.7])).astype(float),
    "grade": np.digitize(noisy, np.quantile(noisy, [0.5, 0.8])).astype(float),
}
names, types = list(train.columns), ["float"] * 4 + ["c"]


def matrix(frame, label=None, categorical=False, named=True):
    return xgb.DMatrix(
        frame.to_numpy(np.float32), label, feature_names=names if named else None,
        feature_types=types if categorical else None, enable_categorical=categorical)


predictions, catalogue = {}, []


def make(name, label, extension="json", rounds=8, categorical=False, named=True, qid=False, **parameters):
    settings = {"max_depth": 4, "eta": 0.3, "nthread": 1, "seed": 7, "tree_method": "hist", **parameters}
    data = matrix(train, labels[label], categorical, named)
    if qid:
        data.set_info(qid=np.arange(len(train)) // 30)
    booster = xgb.train(settings, data, rounds)
    booster.save_model(os.path.join(OUT, f"{name}.{extension}"))
    answer = booster.predict(matrix(rows, None, categorical, named))
    columns = [name] if answer.ndim == 1 else [f"{name}:{k}" for k in range(answer.shape[1])]
    for column, values in zip(columns, answer.reshape(ROWS, -1).T):
        predictions[column] = values
    catalogue.append({"file": f"{name}.{extension}", "columns": columns})
    return booster


booster = make("binary_logistic", "binary", objective="binary:logistic")
booster.save_model(os.path.join(OUT, "binary_logistic.ubj"))
make("unnamed", "binary", "ubj", named=False, objective="binary:logistic")
make("binary_logitraw", "binary", "ubj", objective="binary:logitraw")
make("binary_hinge", "binary", "ubj", objective="binary:hinge")
make("squarederror", "real", "ubj", objective="reg:squarederror")
make("absoluteerror", "real", "ubj", objective="reg:absoluteerror")
make("quantileerror", "real", "ubj", objective="reg:quantileerror", quantile_alpha=0.8)
make("pseudohubererror", "real", "ubj", objective="reg:pseudohubererror")
make("squaredlogerror", "positive", "ubj", objective="reg:squaredlogerror")
make("reg_logistic", "share", "ubj", objective="reg:logistic")
make("poisson", "count", objective="count:poisson")
make("gamma", "positive", "ubj", objective="reg:gamma")
make("tweedie", "positive", "ubj", objective="reg:tweedie", tweedie_variance_power=1.3)
make("cox", "positive", "ubj", objective="survival:cox")
make("softprob", "class", rounds=4, objective="multi:softprob", num_class=3)
make("softmax", "class", "ubj", rounds=4, objective="multi:softmax", num_class=3)
make("pairwise", "grade", "ubj", objective="rank:pairwise", qid=True)
make("ndcg", "grade", "ubj", objective="rank:ndcg", qid=True)
make("dart", "binary", objective="binary:logistic", booster="dart", rate_drop=0.4)
make("dart_classes", "class", "ubj", rounds=4, objective="multi:softprob", num_class=3, booster="dart", rate_drop=0.4)
make("forest", "binary", "ubj", rounds=3, objective="binary:logistic", num_parallel_tree=3, subsample=0.6)
make("exact", "real", "ubj", rounds=6, objective="reg:squarederror", tree_method="exact", max_depth=7)
make("deep", "real", "ubj", rounds=4, objective="reg:squarederror", max_depth=11, max_bin=1024)
make("leaf_wise", "real", "ubj", rounds=6, objective="reg:squarederror", grow_policy="lossguide", max_leaves=24, max_depth=0)
make("stump", "binary", "ubj", rounds=30, objective="binary:logistic", max_depth=1)
make("leaf_alone", "binary", "ubj", rounds=2, objective="binary:logistic", gamma=1e9)
make("always", "always", "ubj", rounds=2, objective="binary:logistic")
make("category_one_hot", "binary", categorical=True, objective="binary:logistic", max_cat_to_onehot=64)
make("category_partition", "real", "ubj", categorical=True, objective="reg:squarederror", max_cat_to_onehot=1)
make("category_classes", "class", "ubj", rounds=3, categorical=True, objective="multi:softprob", num_class=3, max_cat_to_onehot=4)

# Softmax answers with a class; ours with the probabilities, whose largest has to be that class.
catalogue = [c for c in catalogue if c["file"] != "softmax.ubj"]

# Categories with names, which the model keeps: colours as texts, sizes as numbers.
colours, sizes = ["red", "green", "blue", "grey", "pink"], [10, 20, 30, 45]


def named_frame(frame, seed):
    draw = np.random.default_rng(seed)
    return pd.DataFrame({
        "normal": frame.normal,
        "colour": pd.Categorical(draw.choice(colours, len(frame)), categories=colours),
        "size": pd.Categorical(draw.choice(sizes, len(frame)), categories=sizes),
    })


named_train, named_rows = named_frame(train, 1), named_frame(rows, 2)
label = (np.nan_to_num(named_train.normal) + named_train.colour.isin(["red", "pink"]) * 1.0
         + named_train["size"].isin([20, 45]) * 0.7 + rng.normal(size=len(train)) * 0.3 > 0.8).astype(float)
booster = xgb.train(
    {"objective": "binary:logistic", "max_depth": 4, "nthread": 1, "seed": 7, "max_cat_to_onehot": 1},
    xgb.DMatrix(named_train, label, enable_categorical=True), 6)
booster.save_model(os.path.join(OUT, "category_names.json"))
booster.save_model(os.path.join(OUT, "category_names.ubj"))
named_rows = named_rows.assign(answer=booster.predict(xgb.DMatrix(named_rows, enable_categorical=True)))
named_rows.to_csv(os.path.join(OUT, "category_names.csv"), index=False, float_format="%.9g", lineterminator="\n")

# What is refused.
small = {"max_depth": 2, "nthread": 1, "seed": 7}
both = np.column_stack([labels["real"], labels["positive"]])
xgb.train({**small, "booster": "gblinear"}, matrix(train.fillna(0), labels["real"]), 2).save_model(os.path.join(OUT, "gblinear.json"))
xgb.train({**small, "multi_strategy": "multi_output_tree"}, matrix(train, both), 1).save_model(os.path.join(OUT, "vector_leaves.json"))

frame = rows.copy()
frame.to_csv(os.path.join(OUT, "rows.csv"), index=False, float_format="%.9g", lineterminator="\n")
pd.DataFrame(predictions).to_csv(os.path.join(OUT, "predictions.csv"), index=False, float_format="%.9g", lineterminator="\n")
json.dump(catalogue, open(os.path.join(OUT, "catalogue.json"), "w"), indent=1)

if len(sys.argv) == 4:
    folder = os.path.join(HERE, "elec2")
    os.makedirs(folder, exist_ok=True)
    recording, linear, known = sys.argv[1:]
    shutil.copyfile(linear, os.path.join(folder, "linear.json"))
    used = json.load(open(linear))["features"]
    data, known = pd.read_csv(recording), pd.read_csv(known, dtype=str)
    values = data[used].to_numpy(np.float32)
    booster = xgb.train(
        {"objective": "binary:logistic", "max_depth": 6, "eta": 0.1, "nthread": 1, "seed": 7},
        xgb.DMatrix(values[:17424], data.label[:17424]), 40)
    booster.save_model(os.path.join(folder, "trees.ubj"))
    first = 17424
    picked = np.arange(0, len(known), 93)
    answers = booster.predict(xgb.DMatrix(values[first + picked]))
    with open(os.path.join(folder, "rows.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(used + ["linear", "trees"])
        for index, answer in zip(picked, answers):
            row = [f"{value:.9g}" for value in values[first + index]]
            writer.writerow(row + [known.lr_p[index], f"{answer:.9g}"])
