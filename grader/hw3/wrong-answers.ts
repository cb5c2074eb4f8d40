import type { KnownAnswer } from "../known-answer.ts";
import { listing, sending, summingStretched, visiting } from "./passages.ts";

/** Wrong, each with the points that it earns. */
export const wrong: readonly KnownAnswer[] = [
  {
    name: "Value.backward lists a value before its inputs",
    points: 28,
    edits: [
      [
        visiting,
        `    const visit = (value: Value): void => {
      if (seen.has(value)) return;
      seen.add(value);
      order.unshift(value);
      for (const input of value.inputs) visit(input);
    };
`,
      ],
    ],
  },
  {
    name: "the last gradient replaces those before it",
    points: 15,
    edits: [
      ["gradients.set(tensor, before ? before.add(dy) : dy);", "gradients.set(tensor, before ? dy : dy);"],
    ],
  },
  {
    name: "Tensor.backward goes level by level",
    points: 21,
    edits: [
      [
        listing,
        `    const order: Tensor[] = [this];
    for (const tensor of order)
      for (const input of tensor.inputs)
        if (input.requiresGrad && !order.includes(input)) order.push(input);
    order.reverse();
`,
      ],
    ],
  },
  {
    name: "results keep their gradient for the next call",
    points: 27,
    edits: [
      [
        sending,
        `    for (const tensor of order.reverse()) {
      const dy = gradients.get(tensor);
      if (!dy) continue;
      tensor.grad = tensor.grad && tensor !== this ? tensor.grad.add(dy) : dy.copy();
      const sent = tensor.rule ? tensor.rule(tensor.grad) : [];
      for (const [i, input] of tensor.inputs.entries()) addTo(input, sent[i] as NDArray);
    }
`,
      ],
    ],
  },
  {
    name: "unbroadcast sums the axes in front only",
    points: 22,
    edits: [[summingStretched, "  return inner;\n"]],
  },
  {
    name: "relu has slope 1 at 0",
    points: 27.5,
    edits: [["const isAbove = this.data.greater(0);", "const isAbove = this.data.greaterEqual(0);"]],
  },
  {
    name: "matmul: the second gradient is transposed",
    points: 26.5,
    edits: [["      this.data.T.matmul(dy),\n", "      dy.T.matmul(this.data),\n"]],
  },
  {
    name: "every way from the root to a leaf is walked by itself",
    points: 27,
    edits: [
      [listing, ""],
      [
        sending,
        `    const send = (tensor: Tensor, dy: NDArray): void => {
      if (!tensor.requiresGrad) return;
      if (!tensor.rule) tensor.grad = tensor.grad ? tensor.grad.add(dy) : dy.copy();
      else for (const [i, share] of tensor.rule(dy).entries()) send(tensor.inputs[i] as Tensor, share);
    };
    addTo(this, onesLike(this.data));
    send(this, upstream ?? onesLike(this.data));
`,
      ],
    ],
  },
  {
    name: "a leaf keeps the array that arrived, and adds to it in place",
    points: 27,
    edits: [
      [
        "tensor.grad = tensor.grad ? tensor.grad.add(dy) : dy.copy();",
        "if (tensor.grad) tensor.grad.addInPlace(dy);\n        else tensor.grad = dy;",
      ],
    ],
  },
  {
    name: "sum: the gradient is broadcast without its axis",
    points: 25,
    edits: [["broadcastTo(dy.reshape(kept), this.data.shape),", "broadcastTo(dy, this.data.shape),"]],
  },
];
