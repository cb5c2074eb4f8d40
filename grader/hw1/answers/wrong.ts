import type { KnownAnswer } from "../../known-answer.ts";
import { gradientsSet, linearBackwardBody, updateBody, updated } from "./bodies.ts";

/**
 * Wrong, each with the points that it earns. They follow from the table of checks: the comment says which
 * checks fail, "½" for half of a check's points, and in brackets those that are skipped therefore.
 */
export const wrong: readonly KnownAnswer[] = [
  {
    // ½ t2-db, ½ t5-biases, ½ h2-shapes (t6-train, h2-linear, h5-widths, h5-twice, h5-newest, h6-train)
    name: "db is a mean over the batch",
    points: 10 - 0.25 - 0.25 - 0.25 - (0.5 + 0.25 + 0.75 + 0.5),
    edits: [["dy.sum(0); // (N, M) → (M,)\n  return", "dy.mean(0);\n  return"]],
  },
  {
    // ½ t2-dW, ½ t2-db, ½ t5-weights, ½ t5-biases, ½ h2-shapes (t6-train, h2-linear, h5-…, h6-train)
    name: "1/N twice: the slide's average in dW, and the one in the loss",
    points: 10 - 0.25 - 0.25 - 0.375 - 0.25 - 0.25 - (0.5 + 0.25 + 0.75 + 0.5),
    edits: [
      [
        linearBackwardBody,
        `  const N = x.shape[0]!;
  return { dx: dy.matmul(W), dW: dy.T.matmul(x).div(N), db: dy.sum(0).div(N) };
`,
      ],
    ],
  },
  {
    // t2-dW, t5-weights, t6-update (W1 and its gradient do not fit), h2-shapes, h6-inputs (the same)
    // (t6-train, h2-linear, h5-widths, h5-twice, h5-newest, h6-train)
    name: "dW is transposed",
    points: 10 - 0.5 - 0.75 - 0.5 - 0.5 - 0.25 - (0.5 + 0.25 + 0.75 + 0.5),
    edits: [["dy.T.matmul(x); // (M, N)·(N, D) → (M, D)\n  const db", "x.T.matmul(dy);\n  const db"]],
  },
  {
    // t3-backward (t5-weights, t5-biases, t6-train, h3-zero, h5-…, h6-inputs, h6-train)
    name: "ReLU's mask is forgotten",
    points: 10 - 0.25 - (0.75 + 0.5 + 0.5 + 0.25 + 0.75 + 0.25 + 0.5),
    edits: [["return dy.mul(mask); // (N, M)", "return dy;"]],
  },
  {
    // t3-backward and all that needs it, as above
    name: "ReLU's mask is taken from dy",
    points: 10 - 0.25 - (0.75 + 0.5 + 0.5 + 0.25 + 0.75 + 0.25 + 0.5),
    edits: [["const mask = x.greater(0); // (N, M): 1 or 0", "const mask = dy.greater(0);"]],
  },
  {
    // h3-zero
    name: "ReLU's mask is x ≥ 0",
    points: 10 - 0.25,
    edits: [["x.greater(0); // (N, M): 1 or 0", "x.greaterEqual(0);"]],
  },
  {
    // h4-loss
    name: "the loss overflows: log(1 + exp(z)) − z·t",
    points: 10 - 0.5,
    edits: [
      [
        "return linear.add(rest).mean().item(); // the 1/N is here",
        "return np.log(np.exp(z).add(1)).sub(z.mul(t)).mean().item();",
      ],
    ],
  },
  {
    // ½ t4-loss, ½ t4-dz (t6-train, h4-loss, h4-dz, h6-inputs, h6-train)
    name: "the loss is a sum, so there is no 1/N at all",
    points: 10 - 0.25 - 0.25 - (0.5 + 0.5 + 0.25 + 0.25 + 0.5),
    edits: [
      ["linear.add(rest).mean()", "linear.add(rest).sum()"],
      ["difference.div(z.size)", "difference"],
    ],
  },
  {
    // ½ t4-dz (t6-train, h4-dz, h6-inputs, h6-train)
    name: "the 1/N of dz is missing",
    points: 10 - 0.25 - (0.5 + 0.25 + 0.25 + 0.5),
    edits: [["difference.div(z.size)", "difference"]],
  },
  {
    // t4-dz (t6-train, h4-dz, h6-inputs, h6-train)
    name: "dz has the wrong sign",
    points: 10 - 0.5 - (0.5 + 0.25 + 0.25 + 0.5),
    edits: [["np.sigmoid(z).sub(t); // (N, 1): p − t", "t.sub(np.sigmoid(z));"]],
  },
  {
    // t5-forward (t5-weights, t5-biases, t6-train, h5-…, h6-inputs, h6-train)
    name: "ReLU on the logit",
    points: 10 - 0.5 - (0.75 + 0.5 + 0.5 + 0.75 + 0.25 + 0.5),
    edits: [
      [
        "return linearForward(this.x4, this.W4, this.b4);",
        "return reluForward(linearForward(this.x4, this.W4, this.b4));",
      ],
    ],
  },
  {
    // t6-update (t6-train, h6-train)
    name: "update adds, as the slide's does",
    points: 10 - 0.5 - (0.5 + 0.5),
    edits: [[updateBody, updated((name) => `this.${name} = this.${name}.add(this.d${name}.mul(lr));`)]],
  },
  {
    // t6-update (t6-train, h6-train)
    name: "update forgets to assign",
    points: 10 - 0.5 - (0.5 + 0.5),
    edits: [[updateBody, updated((name) => `this.${name}.sub(this.d${name}.mul(lr));`)]],
  },
  {
    // t6-train, h5-twice (h6-train)
    name: "gradients accumulate, as on a tape",
    points: 10 - 0.5 - 0.25 - 0.5,
    edits: [
      [
        gradientsSet,
        [1, 2, 3, 4]
          .flatMap((k) => [`dW${k} = layer${k}.dW`, `db${k} = layer${k}.db`])
          .map((line) => line.split(" = ") as [string, string])
          .map(([to, from]) => `    this.${to} = this.${to} ? this.${to}.add(${from}) : ${from};\n`)
          .join(""),
      ],
    ],
  },
  {
    // t3-inputs, h6-inputs
    name: "ReLU works in place",
    points: 10 - 0.25 - 0.25,
    edits: [["return np.maximum(x, 0); // (N, M)", "return x.copyFrom(np.maximum(x, 0));"]],
  },
  {
    // h5-newest
    name: "x1 is kept from the first forward",
    points: 10 - 0.25,
    edits: [["this.x1 = x; // (N, 2)\n    this.z1", "this.x1 ??= x;\n    this.z1"]],
  },
  {
    // t6-train (h6-train)
    name: "trainStep returns the loss after the update",
    points: 10 - 0.5 - 0.5,
    edits: [["net.update(lr);\n  return loss;", "net.update(lr);\n  return lossForward(net.forward(x), t);"]],
  },
];
