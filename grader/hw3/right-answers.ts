import type { KnownAnswer } from "../known-answer.ts";
import {
  keeping,
  listing,
  matmulOfTensors,
  mulOfTensors,
  reluOfTensors,
  sending,
  summing,
  summingStretched,
  sumOfTensors,
  visiting,
} from "./passages.ts";

/** Right, but not what one would expect: each earns all points. */
export const right: readonly KnownAnswer[] = [
  {
    name: "a tensor sends when the count of its readers is used up",
    points: 30,
    edits: [
      [
        listing,
        `    const readers = new Map<Tensor, number>();
    const found: Tensor[] = [this];
    for (const tensor of found)
      for (const input of tensor.inputs) {
        const count = readers.get(input);
        readers.set(input, (count ?? 0) + 1);
        if (count === undefined) found.push(input);
      }
`,
      ],
      [
        sending,
        `    const ready: Tensor[] = [this];
    for (const tensor of ready) {
      const dy = gradients.get(tensor);
      const sent = dy && tensor.requiresGrad && tensor.rule ? tensor.rule(dy) : [];
      if (dy && !tensor.rule && tensor.requiresGrad) tensor.grad = tensor.grad ? tensor.grad.add(dy) : dy.copy();
      for (const [i, input] of tensor.inputs.entries()) {
        const left = (readers.get(input) ?? 0) - 1;
        readers.set(input, left);
        const share = sent[i];
        if (share) addTo(input, share);
        if (left === 0) ready.push(input);
      }
    }
`,
      ],
    ],
  },
  {
    name: "every tensor has a number, and the newest sends first",
    points: 30,
    edits: [
      ["/** An array that remembers how it was made. */\n", "let made = 0;\n\n"],
      ["  /** null for a leaf. */\n", "  readonly number: number = made++;\n"],
      [
        listing,
        `    const found = new Set<Tensor>([this]);
    for (const tensor of found)
      for (const input of tensor.inputs) if (input.requiresGrad) found.add(input);
    const order = [...found].filter((tensor) => tensor.requiresGrad).sort((a, b) => a.number - b.number);
`,
      ],
      [
        "for (const value of order.reverse()) value.pull();",
        "for (let i = order.length - 1; i >= 0; i--) order[i]?.pull();",
      ],
    ],
  },
  {
    name: "one list of all tensors ever made, read from its end",
    points: 30,
    edits: [
      ["/** An array that remembers how it was made. */\n", "const everything: Tensor[] = [];\n\n"],
      ["    this.rule = rule;\n", "    this.rule = rule;\n    everything.push(this);\n"],
      [listing, ""],
      [
        "    for (const tensor of order.reverse()) {\n",
        "    for (let at = everything.length - 1; at >= 0; at--) {\n      const tensor = everything[at] as Tensor;\n",
      ],
      ["      if (!dy) continue;\n", "      if (!dy || !tensor.requiresGrad) continue;\n"],
      [
        visiting,
        `    const visit = (value: Value): void => {
      const todo = [value];
      for (let next = todo.at(-1); next; next = todo.at(-1)) {
        const missing = next.inputs.find((input) => !seen.has(input));
        if (missing) todo.push(missing);
        else {
          if (!seen.has(next)) order.push(next);
          seen.add(next);
          todo.pop();
        }
      }
    };
`,
      ],
    ],
  },
  {
    name: "a table of rules by name; sums and masks by matrices of ones",
    points: 30,
    edits: [
      [mulOfTensors, '    return record("mul", this, other);\n'],
      [matmulOfTensors, '    return record("matmul", this, other);\n'],
      [
        reluOfTensors,
        `    const mask = this.data.greater(0).astype("float64");
    return new Tensor(this.data.mul(mask), {}, [this], (dy) => [dy.mul(mask)]);
`,
      ],
      [
        sumOfTensors,
        `    const shape = this.data.sum(axis, true).shape;
    return new Tensor(this.data.sum(axis, keepDims), {}, [this], (dy) => [
      onesLike(this.data).mul(dy.reshape(shape)),
    ]);
`,
      ],
      [
        "// ---------------------------------------------------------------- Part 3: a network on your tape\n",
        `const table = {
  mul: {
    forward: (a: NDArray, b: NDArray): NDArray => a.mul(b),
    first: (dy: NDArray, _a: NDArray, b: NDArray): NDArray => b.mul(dy),
    second: (dy: NDArray, a: NDArray, _b: NDArray): NDArray => a.mul(dy),
  },
  matmul: {
    forward: (a: NDArray, b: NDArray): NDArray => a.matmul(b),
    first: (dy: NDArray, _a: NDArray, b: NDArray): NDArray => b.matmul(dy.T).T,
    second: (dy: NDArray, a: NDArray, _b: NDArray): NDArray => dy.T.matmul(a).T,
  },
};

function record(name: keyof typeof table, a: Tensor, b: Tensor): Tensor {
  const { forward, first, second } = table[name];
  return new Tensor(forward(a.data, b.data), {}, [a, b], (dy) => [
    unbroadcast(first(dy, a.data, b.data), a.data.shape),
    unbroadcast(second(dy, a.data, b.data), b.data.shape),
  ]);
}

`,
      ],
    ],
  },
  {
    name: "a field for the gradient on its way; axes are summed one by one",
    points: 30,
    edits: [
      ["  /** null for a leaf. */\n", "  arriving: NDArray | null = null;\n"],
      [
        keeping,
        `    this.arriving = upstream ?? onesLike(this.data);
    const addTo = (tensor: Tensor, dy: NDArray): void => {
      tensor.arriving = tensor.arriving === null ? dy : dy.add(tensor.arriving);
    };
`,
      ],
      [
        "      const dy = gradients.get(tensor);\n",
        "      const dy = tensor.arriving;\n      tensor.arriving = null;\n",
      ],
      [
        "for (const [i, input] of tensor.inputs.entries()) addTo(input, sent[i] as NDArray);",
        "tensor.inputs.forEach((input, i) => input.requiresGrad && addTo(input, sent[i] as NDArray));",
      ],
      [summing, "  let inner = dy;\n  while (inner.ndim > shape.length) inner = inner.sum(0);\n"],
      [
        summingStretched,
        `  for (const [axis, length] of shape.entries()) if (length === 1) inner = inner.sum(axis, true);
  return inner;
`,
      ],
    ],
  },
];
