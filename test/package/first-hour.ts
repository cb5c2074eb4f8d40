/** What a student types in the first hour. Variables of earlier cells stand in later ones as `{ rng }`. */
export const cells: readonly string[] = [
  `import * as np from "chalk-and-tape/np";
import * as chalk from "chalk-and-tape/manual";
import { Adam, BCEWithLogitsLoss, Linear, Module, ReLU, Tensor, train } from "chalk-and-tape/autograd";
import { check } from "chalk-and-tape/compare";
import { DataLoader, moons } from "chalk-and-tape/datasets";
import { decisionBoundary, trainingCurves } from "chalk-and-tape/plots";
const rng = np.random(1);`,
  // The lecture's class, with its name.
  `class mlp_classifier extends Module {
  layer1: Linear;
  layer2: Linear;
  layer3: Linear;
  layer4: Linear;
  relu = new ReLU();
  constructor({ rng }: { rng: np.Random }) {
    super();
    this.layer1 = new Linear(2, 10, { rng });
    this.layer2 = new Linear(10, 10, { rng });
    this.layer3 = new Linear(10, 10, { rng });
    this.layer4 = new Linear(10, 1, { rng });
  }
  forward(x: Tensor): Tensor {
    let y = this.relu.forward(this.layer1.forward(x));
    y = this.relu.forward(this.layer2.forward(y));
    y = this.relu.forward(this.layer3.forward(y));
    return this.layer4.forward(y);
  }
}`,
  `const model = new mlp_classifier({ rng });
const data = moons({ n: 200, noise: 0.1, seed: 1 });
const { x } = data;
const y = data.y.reshape(-1, 1).astype("float64");
const loader = new DataLoader({ x, y }, { batchSize: 20, shuffle: true, seed: 2 });
const loss = new BCEWithLogitsLoss();`,
  `const optimizer = new Adam(model.parameters(), { lr: 0.01 });
const history = await train(model, loader, { loss, optimizer, epochs: 30 });
history.epochs.at(-1).trainLoss`,
  "trainingCurves(history)",
  "decisionBoundary(model, data)",
  `class MyLinear extends chalk.Linear {
  backward(dy: np.NDArray): np.NDArray {
    const dx = super.backward(dy);
    this.dBias = dy.mean(0);
    return dx;
  }
}
const { failed } = check("Linear", MyLinear);`,
];

/** The cells as a notebook for the kernel `tslab`. */
export function notebook(): string {
  return JSON.stringify({
    cells: cells.map((source, i) => ({
      cell_type: "code",
      id: `cell-${i + 1}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
