import type { KnownAnswer } from "../../known-answer.ts";

/** The points that need no person: all but the three texts. */
const all = 29;

const header = "export function gradientIsRight(layer: LayerUnderTest): boolean {\n";

/** Another test in place of the reference's, which stays in the file without a use. */
function instead(name: string, body: string): KnownAnswer {
  return {
    name,
    points: all,
    edits: [[header, `${header}${body}}\n\nfunction unused(layer: LayerUnderTest): boolean {\n`]],
  };
}

/** Right, but not what one would expect. */
export const right: readonly KnownAnswer[] = [
  instead(
    "slopes along random directions, never an element alone",
    `  const rng = np.random(5);
  const h = 1e-3;
  for (let round = 0; round < 12; round++) {
    for (const [name, p] of Object.entries(layer.parameters)) layer.perturb(name, rng.normal(0, 0.2, [...p.shape]));
    const x = rng.normal(0, 1, [...layer.inputShape]);
    const y = layer.forward(x);
    const dy = rng.normal(0, 1, [...y.shape]);
    const dx = layer.backward(dy).copy();
    const gradients = Object.entries(layer.gradients).map(([name, g]) => [name, g.copy()] as const);
    if (gradients.length < Object.keys(layer.parameters).length) return false;
    const loss = (at: np.NDArray): number => layer.forward(at).sub(y).mul(dy).sum().item();
    const fits = (g: np.NDArray, v: np.NDArray, up: number, down: number): boolean => {
      const slope = (up - down) / (2 * h);
      const allowed = 0.004 * (np.abs(g.mul(v)).sum().item() + Math.abs(slope)) + 1e-10;
      if (Math.abs(up + down) / h > 2 * allowed) return true; // bent here: another round decides
      return Math.abs(g.mul(v).sum().item() - slope) <= allowed;
    };
    const v = rng.normal(0, 1, [...x.shape]);
    if (!fits(dx, v, loss(x.add(v.mul(h))), loss(x.sub(v.mul(h))))) return false;
    for (const [name, g] of gradients) {
      const w = rng.normal(0, 1, [...g.shape]);
      layer.perturb(name, w.mul(h));
      const up = loss(x);
      layer.perturb(name, w.mul(-2 * h));
      const down = loss(x);
      layer.perturb(name, w.mul(h));
      if (!fits(g, w, up, down)) return false;
    }
  }
  return true;
`,
  ),
  instead(
    "whole Jacobians: one backward for each output",
    `  const rng = np.random(8);
  const h = 1e-3;
  for (let round = 0; round < 2; round++) {
    for (const [name, p] of Object.entries(layer.parameters)) layer.perturb(name, rng.uniform(-0.4, 0.4, [...p.shape]));
    const x = rng.normal(0, 1, [...layer.inputShape]);
    const y = layer.forward(x).copy();
    // One row for each output: its gradients, all behind one another.
    const rows: number[][] = [];
    for (let k = 0; k < y.size; k++) {
      const one = np.zeros([y.size]).set(1, k).reshape(y.shape);
      layer.forward(x);
      const dx = [...layer.backward(one).flat()];
      rows.push(dx.concat(...Object.keys(layer.parameters).map((name) => [...(layer.gradients[name]?.flat() ?? [])])));
    }
    const columns: { up: Float64Array; down: Float64Array }[] = [];
    const moved = (change: np.NDArray, forward: (change: np.NDArray) => np.NDArray) => {
      const up = Float64Array.from(forward(change).sub(y).flat());
      return { up, down: Float64Array.from(forward(change.neg()).sub(y).flat()) };
    };
    for (let i = 0; i < x.size; i++)
      columns.push(moved(np.zeros([x.size]).set(h, i).reshape(x.shape), (change) => layer.forward(x.add(change))));
    for (const [name, p] of Object.entries(layer.parameters))
      for (let i = 0; i < p.size; i++)
        columns.push(
          moved(np.zeros([p.size]).set(h, i).reshape(p.shape), (change) => {
            layer.perturb(name, change);
            const shifted = layer.forward(x);
            layer.perturb(name, change.neg());
            return shifted;
          }),
        );
    const at = (c: { up: Float64Array; down: Float64Array }, k: number): number =>
      ((c.up[k] as number) - (c.down[k] as number)) / (2 * h);
    const largest = Math.max(...columns.map((c) => Math.max(...rows.map((_, k) => Math.abs(at(c, k))))));
    const allowed = 0.01 * largest + 1e-10;
    for (const [k, row] of rows.entries()) {
      if (row.length !== columns.length) return false;
      for (const [i, c] of columns.entries()) {
        const bend = Math.abs((c.up[k] as number) + (c.down[k] as number)) / h;
        if (bend <= 2 * allowed && !(Math.abs(at(c, k) - (row[i] as number)) <= allowed)) return false;
      }
    }
  }
  return true;
`,
  ),
  {
    name: "x and dy are small whole numbers, zeros too",
    points: all,
    edits: [
      [
        "const x = rng.normal(0, 1, [...layer.inputShape]);",
        'const x = rng.integers(-2, 3, [...layer.inputShape]).astype("float64");',
      ],
      [
        "const dy = rng.normal(0, 1, [...layer.forward(x).shape]);",
        'const dy = rng.integers(-3, 4, [...layer.forward(x).shape]).astype("float64");',
      ],
      ["round < 3", "round < 6"],
    ],
  },
  {
    name: "one-sided differences, each made better by a second width",
    points: all,
    edits: [
      [
        "    const after = loss(change.reshape(gradient.shape));\n    const before = loss(change.neg().reshape(gradient.shape));\n    return { right: (after - here) / step, left: (here - before) / step };",
        "    const moved = (factor: number): number => loss(change.mul(factor).reshape(gradient.shape)) - here;\n    const slope = (h: number): number => (4 * moved(h / 2) - moved(h)) / (h * step);\n    return { right: slope(2), left: slope(-2) };",
      ],
    ],
  },
  {
    name: "it also tries dy = 0, twice the dy, and the same call again",
    points: all,
    edits: [
      [
        "    const loss = (): number =>",
        `    const backward = (d: np.NDArray): np.NDArray => {
      layer.forward(x);
      return layer.backward(d).copy();
    };
    const near = (a: np.NDArray, b: np.NDArray): boolean => np.abs(a.sub(b)).max().item() <= 1e-9 * np.abs(b).max().item();
    if (!near(backward(np.zerosLike(dy)), np.zerosLike(dx))) return false;
    if (!near(backward(dy.mul(2)), dx.mul(2)) || !near(backward(dy), dx)) return false;
    if (found.some(([name, g]) => !near(layer.gradients[name] as np.NDArray, g))) return false;
    const loss = (): number =>`,
      ],
    ],
  },
];
