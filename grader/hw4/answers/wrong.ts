import type { KnownAnswer } from "../../known-answer.ts";

/** 29 points need no person: practice 5, forms 3, planted bugs 15, accuracy 6. */
export const wrong: readonly KnownAnswer[] = [
  {
    // Practice: ignores-dy and zeros are missed. Of 20 bugs: the five that dy = 1 hides, and last-dy.
    name: "dy is 1 everywhere",
    points: 27,
    edits: [
      [
        "const dy = rng.normal(0, 1, [...layer.forward(x).shape]);",
        "const dy = np.onesLike(layer.forward(x));",
      ],
    ],
  },
  {
    // Practice: mean, last-row and adds-up are missed. Of 20 bugs: the seven of parameters.
    name: "only dx is compared",
    points: 25.5,
    edits: [
      [
        "for (const [name, gradient] of found) {",
        "for (const [name, gradient] of found.slice(found.length)) {",
      ],
    ],
  },
  {
    // Practice: tiny is missed. Of 20 bugs: tiny; 19 are more than enough.
    name: "an absolute tolerance",
    points: 28.5,
    edits: [["tolerance * largest + roundings;", "tolerance * Math.min(1, largest + 1);"]],
  },
  {
    // Practice: adds-up and first-x are missed. Of 20 bugs: the four that need a second call.
    name: "one round",
    points: 28,
    edits: [["round < 3", "round < 1"]],
  },
  {
    // Every right layer is a false alarm: no practice pair, and no planted one.
    name: "always false",
    points: 9,
    edits: [["  const rng = np.random(20);", "  if (layer) return false;\n  const rng = np.random(20);"]],
  },
  {
    name: "always true",
    points: 9,
    edits: [["  const rng = np.random(20);", "  if (layer) return true;\n  const rng = np.random(20);"]],
  },
  {
    // False alarms: float32, and the tiny layer beside a large offset.
    name: "a step of 1e-9",
    points: 27,
    edits: [
      ["const step = 1e-3;", "const step = 1e-9;"],
      ["    if (Math.abs(right - left) > 2 * allowed) return true; // a kink between x − h and x + h\n", ""],
    ],
  },
  {
    // Practice: saves-memory is a false alarm. Planted: so are that and the twins of dx-sign and weight-mean;
    // 18 pairs are more than enough.
    name: "keeps dx without a copy while backward runs again",
    points: 25.5,
    edits: [
      [
        "    const dx = layer.backward(dy).copy(); // a copy: the layer may use its arrays again\n",
        `    const twice = layer.backward(dy.mul(2));
    layer.forward(x);
    const dx = layer.backward(dy);
    if (!(np.abs(twice.sub(dx.mul(2))).max().item() <= 1e-6 * np.abs(dx).max().item())) return false;
`,
      ],
    ],
  },
  {
    // Practice: saves-memory throws. Planted: it throws, and so do first-parameters and its twin.
    name: "calls backward twice after one forward",
    points: 26.5,
    edits: [
      [
        "    const loss = (): number =>",
        "    if (np.abs(layer.backward(np.zerosLike(dy))).max().item() > 0) return false;\n    const loss = (): number =>",
      ],
    ],
  },
  {
    // Practice: kink is a false alarm, and so is the planted one; first-parameters is missed.
    name: "knows no kinks, and leaves the parameters where they are",
    points: 27.5,
    edits: [
      ["rng.normal(0, 0.3, [...value.shape])", "rng.normal(0, 0, [...value.shape])"],
      ["    if (Math.abs(right - left) > 2 * allowed) return true; // a kink between x − h and x + h\n", ""],
    ],
  },
  {
    // 0 / 0 in the flat layer.
    name: "a relative error that divides by 0",
    points: 28,
    edits: [
      [
        "(gradient.flat()[i] as number)) <= allowed;",
        "(gradient.flat()[i] as number)) / largest < tolerance;",
      ],
    ],
  },
  {
    // Practice: last-row is missed. Of 20 bugs: three, which are few enough.
    name: "the first element only",
    points: 28.5,
    edits: [
      [
        "return slopes.every(({ left, right }, i) => {",
        "return slopes.slice(0, 1).every(({ left, right }, i) => {",
      ],
    ],
  },
  {
    // Practice: factor, mean, tiny, and the bugs of saves-memory and kink. Of 20 bugs five, all factors.
    name: "the direction only",
    points: 26.5,
    edits: [
      [
        "  return slopes.every(({ left, right }, i) => {",
        `  const numbers = slopes.map(({ left, right }) => (left + right) / 2);
  const found = [...gradient.flat()];
  const along = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const lengths = Math.sqrt(along(numbers, numbers) * along(found, found));
  if (largest > 0 && lengths >= 0) return along(numbers, found) >= 0.998 * lengths && lengths > 0;
  return slopes.every(({ left, right }, i) => {`,
      ],
    ],
  },
  {
    name: "an accuracy that nobody measured",
    points: 26,
    edits: [["validationAccuracy: 0.374", "validationAccuracy: 0.9"]],
  },
  {
    // Not affordable: nothing is trained again.
    name: "a network that takes half an hour",
    points: 22,
    edits: [
      ["hidden: [16]", "hidden: [512, 512]"],
      ["epochs: 5", "epochs: 100"],
    ],
  },
  {
    name: "one hidden unit and one epoch, honestly declared",
    points: 26,
    edits: [
      ["hidden: [16]", "hidden: [1]"],
      ["epochs: 5", "epochs: 1"],
      ["images: 1000", "images: 200"],
      ["validationAccuracy: 0.374", "validationAccuracy: 0.108"],
    ],
  },
  {
    name: "a text of four words",
    points: 28,
    edits: [
      ["`Somebody writes relu behind", "`It sees nearly everything.`,\n  more: `Somebody writes relu behind"],
    ],
  },
  {
    // A person is shown what stands in the file, and there is no such text.
    name: "a text that a program makes",
    points: 28,
    edits: [["so I took the smaller network.`", "so I took the smaller network.`.toUpperCase()"]],
  },
];
