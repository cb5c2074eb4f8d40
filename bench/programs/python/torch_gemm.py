import torch
from gemm import rate
from steps import settings, tell

spec = settings()
torch.set_num_threads(spec["threads"])
a, b = torch.randn(spec["size"], spec["size"]), torch.randn(spec["size"], spec["size"])
tell(rate(lambda: a @ b, spec))
