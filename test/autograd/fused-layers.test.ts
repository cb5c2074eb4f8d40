import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import {
  BatchNorm1d,
  BatchNorm2d,
  Conv1d,
  Conv2d,
  ConvTranspose2d,
  CrossEntropyLoss,
  MaxPool2d,
  type Module,
  Tensor,
} from "chalk-and-tape/autograd";
import {
  argmaxPool,
  array,
  col2im,
  type DType,
  gather,
  im2col,
  logSoftmax,
  type NDArray,
  type Random,
  random,
  sqrt,
  type Window,
  where,
} from "chalk-and-tape/np";
import { gradients } from "#internal/autograd";
import { positionsOf } from "#internal/np";

/** What a fused layer computes, in the primitives that everybody knows: the text of chalk's forward, on tensors. */
interface Row {
  /** The file of the tape whose forward is fused. */
  readonly file: string;
  readonly title: string;
  readonly make: (rng: Random, dtype: DType) => { layer: AnyLayer; composed: (x: Tensor) => Tensor };
  readonly shape: readonly number[];
}
type AnyLayer = Module<[Tensor, ...never[]]> & { weight?: unknown; bias?: unknown };

const channels = (bias: Tensor | null, y: Tensor): Tensor =>
  bias ? y.add(bias.reshape([-1, ...Array(y.ndim - 2).fill(1)])) : y;

function convolved(x: Tensor, weight: Tensor, window: Window, groups: number): Tensor {
  const [N, M] = [x.shape[0] as number, weight.shape[0] as number];
  const kernels = weight.reshape(groups, M / groups, -1);
  const [OH, OW] = positionsOf("composed", x.shape, window);
  const columns = im2col(x, window).reshape(N, groups, kernels.shape[2] as number, OH * OW);
  return kernels.matmul(columns).reshape(N, M, OH, OW);
}

const conv2d = (title: string, groups: number, options: object): Row => ({
  file: "layers/conv2d.ts",
  title: `Conv2d, ${title}`,
  shape: [3, 4, 9, 8],
  make(rng, dtype) {
    const layer = new Conv2d(4, 6, [3, 2], { groups, rng, dtype, ...options });
    return { layer, composed: (x) => channels(layer.bias, convolved(x, layer.weight, layer.window, groups)) };
  },
});

const conv1d: Row = {
  file: "layers/conv1d.ts",
  title: "Conv1d, two groups, dilated",
  shape: [3, 4, 11],
  make(rng, dtype) {
    const layer = new Conv1d(4, 6, 3, { groups: 2, dilation: 2, padding: 1, rng, dtype });
    const composed = (x: Tensor): Tensor => {
      const image = x.reshape(x.shape[0] as number, 4, 1, -1);
      const y = convolved(image, layer.weight.reshape(6, 2, 1, 3), layer.window, 2);
      return channels(layer.bias, y.reshape(y.shape[0] as number, 6, -1));
    };
    return { layer, composed };
  },
};

const transposed = (title: string, groups: number, options: object): Row => ({
  file: "layers/conv-transpose2d.ts",
  title: `ConvTranspose2d, ${title}`,
  shape: [3, 4, 5, 6],
  make(rng, dtype) {
    const layer = new ConvTranspose2d(4, 6, 3, { groups, rng, dtype, ...options });
    const composed = (x: Tensor): Tensor => {
      const [N, , H, W] = x.shape as [number, number, number, number];
      const [, , OH, OW] = layer.forward(x).shape as [number, number, number, number];
      const kernels = layer.weight.reshape(groups, 4 / groups, -1);
      const columns = kernels.mT.matmul(x.reshape(N, groups, 4 / groups, H * W));
      return channels(layer.bias, col2im(columns.reshape(N, 6, 3, 3, H, W), layer.window, [OH, OW]));
    };
    return { layer, composed };
  },
});

const normalised = (
  Class: typeof BatchNorm1d | typeof BatchNorm2d,
  title: string,
  shape: readonly number[],
  { evaluated = false, affine = true }: { evaluated?: boolean; affine?: boolean } = {},
): Row => ({
  file: "layers/batch-norm.ts",
  title: `${Class.name}, ${title}`,
  shape,
  make(rng, dtype) {
    const layer = new Class(4, { affine, dtype });
    for (const p of layer.parameters()) p.data.copyFrom(rng.normal(1, 0.5, p.shape, { dtype }));
    if (evaluated) {
      layer.forward(new Tensor(rng.normal(1, 2, shape, { dtype })));
      layer.eval();
    }
    const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    const one = shape.map((n, axis) => (axis === 1 ? n : 1));
    const composed = (x: Tensor): Tensor => {
      const statistics = evaluated ? [layer.runningMean, layer.runningVar] : [];
      const [keptMean, keptVariance] = statistics.map((kept) => kept && new Tensor(kept.reshape(one)));
      const mean = keptMean ?? x.mean(axes, true);
      const away = x.sub(mean);
      const variance = keptVariance ?? away.mul(away).mean(axes, true);
      const xhat = away.div(sqrt(variance.add(layer.eps)));
      return layer.weight && layer.bias
        ? xhat.mul(layer.weight.reshape(one)).add(layer.bias.reshape(one))
        : xhat;
    };
    return { layer, composed };
  },
});

/** −Σ t log p / total with its weights; a class that does not count may have log p = −∞. */
const crossEntropy = (title: string, options: object, ignored: number): Row => ({
  file: "losses/cross-entropy-loss.ts",
  title: `CrossEntropyLoss, ${title}`,
  shape: [6, 4],
  make(_, dtype) {
    const weight = array([0.5, 1, 2, 0.25], { dtype });
    const target = array([0, 3, ignored, 1, 1, 2], { dtype: "int32" });
    const { labelSmoothing = 0, reduction = "mean" } = options as {
      labelSmoothing?: number;
      reduction?: string;
    };
    const loss = new CrossEntropyLoss({ weight, ignoreIndex: 7, ...options });
    const layer = {
      forward: (x: Tensor) => loss.forward(x, target),
      parameters: () => [],
    } as never as AnyLayer;
    const composed = (x: Tensor): Tensor => {
      const rows = [...target.flat()].map((label) =>
        [0.5, 1, 2, 0.25].map((w, c) =>
          label === 7 ? 0 : w * ((label === c ? 1 - labelSmoothing : 0) + labelSmoothing / 4),
        ),
      );
      const total = [...target.flat()].reduce(
        (sum, c) => sum + (c === 7 ? 0 : ([0.5, 1, 2, 0.25][c] ?? 0)),
        0,
      );
      const t = array(rows, { dtype });
      const each = where<Tensor>(t.notEqual(0), logSoftmax(x, 1).mul(t), 0).sum(1).neg();
      return reduction === "none" ? each : each.sum().div(total);
    };
    return { layer, composed };
  },
});

const pooled: Row = {
  file: "layers/max-pool2d.ts",
  title: "MaxPool2d, windows that overlap",
  shape: [3, 4, 9, 8],
  make() {
    const layer = new MaxPool2d(3, { stride: 2, padding: 1 });
    const window: Window = { kernel: [3, 3], stride: [2, 2], dilation: [1, 1], padding: [[1, 1], [1, 1]], mode: "zeros" }; // biome-ignore format: one window
    const composed = (x: Tensor): Tensor => {
      const winners = argmaxPool(x.data, window);
      const [N, C] = winners.shape as [number, number];
      const seen = gather(x.reshape(N, C, -1), winners.reshape(N, C, -1), 2);
      return seen.reshape(winners.shape);
    };
    return { layer, composed };
  },
};

const rows: readonly Row[] = [
  conv2d("one group", 1, { padding: 1 }),
  conv2d("two groups, strides, mirrored", 2, { stride: [2, 1], padding: 1, paddingMode: "reflect" }),
  conv2d("dilated, without bias", 1, { dilation: [2, 3], bias: false }),
  conv1d,
  transposed("one group", 1, { stride: 2, padding: 1, outputPadding: 1 }),
  transposed("two groups, dilated, without bias", 2, { dilation: 2, bias: false }),
  normalised(BatchNorm1d, "training", [7, 4]),
  normalised(BatchNorm2d, "training", [5, 4, 3, 6]),
  normalised(BatchNorm2d, "training, without weight and bias", [5, 4, 3, 6], { affine: false }),
  normalised(BatchNorm2d, "in evaluation", [5, 4, 3, 6], { evaluated: true }),
  crossEntropy("weights", {}, 0),
  crossEntropy("weights, smoothing, a row ignored", { labelSmoothing: 0.2 }, 7),
  crossEntropy("of each row", { reduction: "none" }, 7),
  pooled,
];

/** Relative to the largest entry: fused passes round in another order. */
const tolerances = { float64: 1e-13, float32: 2e-6 } as const;

function apart(a: NDArray, b: NDArray): number {
  expect([a.shape, a.dtype]).to.deep.equal([b.shape, b.dtype]);
  const [x, y] = [[...a.flat()], [...b.flat()]];
  const largest = Math.max(...y.map(Math.abs));
  expect(largest).to.be.greaterThan(0);
  return Math.max(...x.map((v, i) => Math.abs(v - (y[i] as number)))) / largest;
}

describe("tape, fused layers against what they are composed of", () => {
  for (const dtype of ["float64", "float32"] as const) {
    for (const { title, shape, make } of rows) {
      it(`${dtype}: ${title}: the value and every gradient, to ${tolerances[dtype]}`, () => {
        const rng = random(20261129);
        const { layer, composed } = make(rng, dtype);
        const x = new Tensor(rng.normal(0, 1, shape, { dtype }), true);
        const wanted = [x, ...layer.parameters()];
        const answers = [composed, (input: Tensor) => layer.forward(input)].map((f) => {
          const y = f(x);
          const dy = random(3).normal(0, 1, y.shape, { dtype });
          return [y, ...gradients(y, wanted, dy)].map((result) => (result as Tensor).data);
        }) as [NDArray[], NDArray[]];
        expect(answers[0]).to.have.length(wanted.length + 1);
        for (const [i, right] of answers[0].entries())
          expect(apart(answers[1][i] as NDArray, right), i === 0 ? "y" : `gradient ${i}`).to.be.at.most(
            tolerances[dtype],
          );
      });
    }
  }

  it("every file that says it is fused has a row", () => {
    const folder = new URL("../../../autograd/", import.meta.url);
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
      name.endsWith(".ts"),
    );
    const fused = files.filter((name) =>
      readFileSync(new URL(name, folder), "utf8").includes("// differs: fused"),
    );
    expect(fused.length).to.be.greaterThan(0);
    for (const name of fused) expect(rows.map(({ file }) => file)).to.include(name);
  });
});
