"""The same in PyTorch: images stay bytes, a batch at a time becomes floats; no DataLoader, whose processes and copies cost more."""

import gzip
import resource
import sys
import warnings
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from steps import settings, tell
from torch_models import mlp

spec = settings()
torch.set_num_threads(spec["threads"])
torch.manual_seed(0)
# Nobody writes to the images, so they need not be copied to where one could.
warnings.filterwarnings("ignore", "The given NumPy array is not writable")
folder = Path(spec["root"]) / "mnist"


def read(name, head):
    packed = folder / f"{name}.gz"
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
    return torch.from_numpy(np.frombuffer(data, np.uint8, offset=head))


def peak_memory():
    """MiB; see peak-memory.mjs."""
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else []:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


start = perf_counter()
limit, batch = spec["limit"], 64
x = read("train-images-idx3-ubyte", 16).view(-1, 784)[:limit]
y = read("train-labels-idx1-ubyte", 8)[:limit]
model = mlp({"sizes": [784, 256, 64, 10]})
loss_function = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(spec["epochs"]):
    order = torch.randperm(len(x))
    total = 0.0
    for i in range(0, len(x), batch):
        rows = order[i : i + batch]
        loss = loss_function(model(x[rows].float() / 255), y[rows].long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(rows)
seconds = perf_counter() - start
tell({"value": peak_memory(), "parts": {"seconds": seconds, "last loss": total / len(x)}})
