"""Reads what write-problem.mjs wrote."""

import json
from pathlib import Path

import numpy as np


def read_problem(folder):
    """The weights by their keys, and x and y."""
    folder = Path(folder)
    data = (folder / "data.bin").read_bytes()
    arrays, weights = {}, {}
    for name, entry in json.loads((folder / "manifest.json").read_text()).items():
        count = int(np.prod(entry["shape"], dtype=int))
        array = np.frombuffer(data, entry["dtype"], count, entry["offset"]).reshape(entry["shape"]).copy()
        if name.startswith("weights/"):
            weights[name.removeprefix("weights/")] = array
        else:
            arrays[name] = array
    return weights, arrays["x"], arrays["y"]
