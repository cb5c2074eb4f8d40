import { divisorSource, evaluateSource, inputsSource, stepSource, type TrainFacts } from "./train-pieces.ts";

/** The text of train.py. */
export function trainSource(facts: TrainFacts): string {
  const { loss, optimizer, hasTest, isOwnTarget } = facts;
  const isMean = loss.divisor !== null;
  return `"""Trains the network of model.py, which chalk-and-tape exported.

    python train.py                                      one process
    torchrun --standalone --nproc_per_node 4 train.py    four: one per GPU, or on the cores of a CPU
"""
import argparse, json, os
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import load_file, save_file
from torch import nn
from model import network

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=${facts.epochs}, help="passes over the training set")
parser.add_argument("--steps", type=int, help="train on this many batches, in place of whole epochs")
parser.add_argument("--batch-size", type=int, default=${facts.batchSize}, help="items in a batch, over all ranks")
parser.add_argument("--lr", type=float, help="another learning rate than the exported one")
parser.add_argument("--dtype", choices=["float32", "float64"], default="${facts.dtype}")
parser.add_argument("--seed", type=int, default=${facts.seed}, help="seed of the order and of dropout")
parser.add_argument("--no-shuffle", action="store_true", help="keep the order of the data")
parser.add_argument("--losses", help="a file for the loss of every step, one line of JSON each")
args = parser.parse_args()
here = Path(__file__).resolve().parent

# torchrun starts \`world\` processes and gives each its rank; python alone starts rank 0 of 1.
rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
local_rank, local_world = int(os.environ.get("LOCAL_RANK", 0)), int(os.environ.get("LOCAL_WORLD_SIZE", 1))
device = torch.device("cuda", local_rank) if torch.cuda.is_available() else torch.device("cpu")
torch.set_num_threads(max(1, (os.cpu_count() or 1) // local_world))
if device.type == "cuda":
    torch.cuda.set_device(device)
if world > 1:
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
dtype = getattr(torch, args.dtype)
torch.set_default_dtype(dtype)

net = network().to(device)
net.load_state_dict(load_file(here / "weights.safetensors"))
parameters = dict(net.named_parameters())
criterion = ${loss.criterion}.to(device)
${optimizer}
for key, value in load_file(here / "optimizer.safetensors").items():  # layer1.weight.exp_avg …
    name, entry = key.rsplit(".", 1)
    optimizer.state[parameters[name]][entry] = value if entry == "step" else value.to(parameters[name])
for group in optimizer.param_groups:
    group["lr"] = args.lr if args.lr is not None else group["lr"]
model = nn.parallel.DistributedDataParallel(net) if world > 1 else net
torch.manual_seed(args.seed + rank)  # every rank draws its own dropout

data = load_file(here / "data.safetensors", device=str(device))
train_x, train_y = data["train.x"], data["train.${isOwnTarget ? "x" : "y"}"]

def inputs(x):
    ${inputsSource(facts)}

def targets(y):
    return ${loss.targets}

def my_rows(count):
    """The part of \`count\` rows that this rank computes; it may be empty."""
    return slice(rank * count // world, (rank + 1) * count // world)

def total(value):
    """The sum of a number over all ranks."""
    value = torch.as_tensor(value, dtype=torch.float64, device=device).detach().clone()
    if world > 1:
        dist.all_reduce(value)
    return value.item()
${isMean ? divisorSource(loss.divisor ?? "") : ""}${hasTest ? evaluateSource(facts) : ""}
log = open(args.losses, "w") if args.losses and rank == 0 else None
n, generator = len(train_x), torch.Generator().manual_seed(args.seed)  # the same order on every rank
steps = args.steps or args.epochs * -(-n // args.batch_size)
step = epoch = 0
while step < steps:
    epoch += 1
    order = torch.arange(n) if args.no_shuffle else torch.randperm(n, generator=generator)
    losses = ${isMean ? "divisors = " : ""}0
    model.train()
    for batch in order.to(device).split(args.batch_size)[: steps - step]:
        mine = batch[my_rows(len(batch))]
        loss = criterion(model(inputs(train_x[mine])), targets(train_y[mine]))  # the sum over my rows
${stepSource(isMean)}
        step += 1
        if log:
            print(json.dumps({"epoch": epoch, "step": step, "loss": batch_loss}), file=log, flush=True)
${hasTest ? `    tested = evaluate(data["test.x"], data["test.${isOwnTarget ? "x" : "y"}"])\n` : ""}    if rank == 0:
        print(f"epoch {epoch}: loss {losses${isMean ? " / divisors" : ""}:.5f}${hasTest ? "; {tested}" : ""}", flush=True)
if rank == 0:
    save_file({name: x.clone() for name, x in net.state_dict().items()}, here / "trained.safetensors")
if world > 1:
    dist.barrier()  # nobody leaves before the others are done
    dist.destroy_process_group()
`;
}
