"""MNIST from its .gz files, with NumPy."""

import gzip
import hashlib
from pathlib import Path

import numpy as np


def read(root, name, sha256=None):
    path = Path(root) / "mnist" / name
    data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(f"{name}.gz").read_bytes())
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"{name}: wrong SHA-256")
    dimensions = data[3]
    shape = np.frombuffer(data, ">i4", dimensions, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)
