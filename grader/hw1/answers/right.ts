import type { KnownAnswer } from "../../known-answer.ts";
import {
  backwardBody,
  constructorBody,
  linearBackwardBody,
  linearForwardBody,
  updateBody,
} from "./bodies.ts";

/** Right, but not what one would expect: each earns all points. */
export const right: readonly KnownAnswer[] = [
  {
    name: "loops over samples, inputs and outputs",
    points: 10,
    edits: [
      [
        linearForwardBody,
        `  const y = np.zeros([x.shape[0]!, W.shape[0]!]);
  for (let n = 0; n < y.shape[0]!; n++)
    for (let m = 0; m < y.shape[1]!; m++) {
      let sum = b.item(m);
      for (let d = 0; d < W.shape[1]!; d++) sum += W.item(m, d) * x.item(n, d);
      y.set(sum, n, m);
    }
  return y;
`,
      ],
      [
        linearBackwardBody,
        `  const [dx, dW, db] = [np.zerosLike(x), np.zerosLike(W), np.zeros([W.shape[0]!])];
  for (let n = 0; n < x.shape[0]!; n++)
    for (let m = 0; m < W.shape[0]!; m++) {
      db.set(db.item(m) + dy.item(n, m), m);
      for (let d = 0; d < W.shape[1]!; d++) {
        dW.set(dW.item(m, d) + dy.item(n, m) * x.item(n, d), m, d);
        dx.set(dx.item(n, d) + dy.item(n, m) * W.item(m, d), n, d);
      }
    }
  return { dx, dW, db };
`,
      ],
    ],
  },
  {
    name: "columns inside, with the bias in W, as on the slide",
    points: 10,
    edits: [
      [
        linearForwardBody,
        `  const padded = np.concatenate([x.T, np.ones([1, x.shape[0]!])], 0);
  const Wb = np.concatenate([W, b.reshape(-1, 1)], 1);
  return Wb.matmul(padded).T;
`,
      ],
      [
        linearBackwardBody,
        `  const padded = np.concatenate([x.T, np.ones([1, x.shape[0]!])], 0);
  const dWb = dy.T.matmul(padded.T);
  return { dx: W.T.matmul(dy.T).T, dW: dWb.slice(null, [null, -1]), db: dWb.slice(null, -1) };
`,
      ],
    ],
  },
  {
    name: "one backward without the layers, with einsum, and masks from the outputs of ReLU",
    points: 10,
    edits: [
      [
        backwardBody,
        `    const dz4 = dz;
    const dz3 = np.where(this.x4.greater(0), dz4.matmul(this.W4), 0);
    const dz2 = np.where(this.x3.greater(0), dz3.matmul(this.W3), 0);
    const dz1 = np.where(this.x2.greater(0), dz2.matmul(this.W2), 0);
    this.dW1 = np.einsum("nm,nd->md", dz1, this.x1);
    this.dW2 = np.einsum("nm,nd->md", dz2, this.x2);
    this.dW3 = np.einsum("nm,nd->md", dz3, this.x3);
    this.dW4 = np.einsum("nm,nd->md", dz4, this.x4);
    this.db1 = np.einsum("nm->m", dz1);
    this.db2 = np.einsum("nm->m", dz2);
    this.db3 = np.einsum("nm->m", dz3);
    this.db4 = np.einsum("nm->m", dz4);
`,
      ],
      ["  const mask = x.greater(0); // (N, M): 1 or 0\n", "  const mask = np.sign(np.maximum(x, 0));\n"],
      [
        "  const linear = np.maximum(z, 0).sub(z.mul(t)); // (N, 1)\n",
        "  if (z.size > 0) return np.logaddexp(0, z.mul(np.subtract(1, t.mul(2)))).mean().item();\n  const linear = z;\n",
      ],
    ],
  },
  {
    name: "buffers that are used again, and an update in place",
    points: 10,
    edits: [
      [
        backwardBody,
        `    const layer4 = linearBackward(dz, this.x4, this.W4);
    const layer3 = linearBackward(reluBackward(layer4.dx, this.z3), this.x3, this.W3);
    const layer2 = linearBackward(reluBackward(layer3.dx, this.z2), this.x2, this.W2);
    const layer1 = linearBackward(reluBackward(layer2.dx, this.z1), this.x1, this.W1);
    const fields = this as unknown as Record<string, np.NDArray | undefined>;
    [layer1, layer2, layer3, layer4].forEach(({ dW, db }, k) => {
      fields[\`dW\${k + 1}\`] = (fields[\`dW\${k + 1}\`] ?? np.zerosLike(dW)).copyFrom(dW);
      fields[\`db\${k + 1}\`] = (fields[\`db\${k + 1}\`] ?? np.zerosLike(db)).copyFrom(db);
    });
`,
      ],
      [
        updateBody,
        `    const fields = this as unknown as Record<string, np.NDArray>;
    for (const name of ["W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"])
      fields[name]!.addInPlace(fields[\`d\${name}\`]!.mul(-lr));
`,
      ],
    ],
  },
  {
    name: "all parameters in one array, with views of it",
    points: 10,
    edits: [
      [
        constructorBody,
        `    const given = [W1, b1, W2, b2, W3, b3, W4, b4];
    const all = np.concatenate(given.map((x) => x.reshape(-1)), 0);
    let at = 0;
    const views = given.map((x) => all.slice([at, (at += x.size)]).reshape(x.shape));
    [this.W1, this.b1, this.W2, this.b2, this.W3, this.b3, this.W4, this.b4] = views as [
      np.NDArray, np.NDArray, np.NDArray, np.NDArray, np.NDArray, np.NDArray, np.NDArray, np.NDArray,
    ];
    this.all = all;
`,
      ],
      ["  // What forward keeps for backward, with the slide's names.\n", "  all: np.NDArray;\n"],
      [
        updateBody,
        `    const gradients = [
      this.dW1, this.db1, this.dW2, this.db2, this.dW3, this.db3, this.dW4, this.db4,
    ];
    this.all.addInPlace(np.concatenate(gradients.map((x) => x.reshape(-1)), 0).mul(-lr));
`,
      ],
    ],
  },
];
