/** The parts of train.py that depend on the network, its loss and its data. */
import type { ChannelStatistics } from "../../datasets/index.ts";
import type { LossSource } from "./loss-source.ts";
import { pythonList } from "./python-arguments.ts";

/** What train.py depends on. */
export interface TrainFacts {
  readonly optimizer: string;
  readonly loss: LossSource;
  readonly dtype: "float64" | "float32";
  /** The element type of the inputs, and whether the network looks them up in an Embedding. */
  readonly inputs: "bytes" | "floats" | "indices";
  readonly normalizeBy: ChannelStatistics | null;
  readonly hasTest: boolean;
  readonly isOwnTarget: boolean;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The body of `inputs`: a batch as the network gets it. */
export function inputsSource({ inputs, normalizeBy }: TrainFacts): string {
  if (inputs === "indices") return "return x.long()";
  const scaled = inputs === "bytes" ? "x.to(device, dtype) / 255" : "x.to(device, dtype)";
  if (!normalizeBy) return `return ${scaled}`;
  const perChannel = (values: readonly number[]): string =>
    `torch.tensor(${pythonList([...values])}, device=device).reshape(-1, 1, 1)`;
  return [
    `mean = ${perChannel(normalizeBy.mean)}`,
    `std = ${perChannel(normalizeBy.std)}`,
    `return (${scaled} - mean) / std`,
  ].join("\n    ");
}

/** The function `divisor`. */
export function divisorSource(divisor: string): string {
  return `
def divisor(y):
    """What the mean over a whole batch with the targets \`y\` divides by."""
    return ${divisor}
`;
}

/** The lines of a step: DistributedDataParallel takes the mean of the ranks' gradients; their sum is needed. */
export function stepSource(isMean: boolean): string {
  const lines = [
    ...(isMean ? ["whole = divisor(train_y[batch])"] : []),
    "optimizer.zero_grad()",
    `(loss * world${isMean ? " / whole" : ""}).backward()  # DistributedDataParallel divides by world`,
    "optimizer.step()",
    `batch_loss = total(loss)${isMean ? " / whole" : ""}`,
    isMean ? "losses, divisors = losses + batch_loss * whole, divisors + whole" : "losses += batch_loss",
  ];
  return lines.map((line) => `        ${line}`).join("\n");
}

/** The function `evaluate`. */
export function evaluateSource({ loss }: TrainFacts): string {
  const { right } = loss;
  return `
@torch.no_grad()
def evaluate(x, y):
    """The loss${right ? " and the accuracy" : ""} on the test set; every rank takes its part."""
    net.eval()
    for buffer in net.buffers() if world > 1 else []:
        dist.broadcast(buffer, 0)  # statistics of batch normalisation: those of rank 0
    losses = ${right ? "right = " : ""}0
    for rows in torch.arange(len(x), device=device)[my_rows(len(x))].split(256):
        scores, wanted = net(inputs(x[rows])), targets(y[rows])
        losses += criterion(scores, wanted).item()
${right ? `        right += (${right.replace(/\by\b/g, "wanted")}).sum().item()\n` : ""}    ${testedSource(loss)}
`;
}

function testedSource({ right, divisor }: LossSource): string {
  const loss = `test loss {total(losses)${divisor === null ? "" : " / divisor(y)"}:.5f}`;
  return `return f"${loss}${right ? ", accuracy {total(right) / len(y):.2%}" : ""}"`;
}
