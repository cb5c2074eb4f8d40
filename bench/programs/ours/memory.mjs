// Three epochs of Mlp on a data root's MNIST, as a user writes them, and the most memory that this process had: `node memory.mjs '{"side": …}'`.
import { DataLoader, mnist } from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";
import { peakMemory } from "../peak-memory.mjs";
import { settings, tell } from "../settings.mjs";

const { side, root, limit, epochs } = settings();
const { CrossEntropyLoss, Mlp, SGD, train } = await import(`chalk-and-tape/${side}`);

const start = performance.now();
const data = await mnist({ root, split: "train", limit });
const rng = random(0);
const model = new Mlp({ rng: rng.spawn(), dtype: "float32" });
const loader = new DataLoader(data, { batchSize: 64, shuffle: true, rng: rng.spawn(), dtype: "float32" });
const optimizer = new SGD(model.parameters(), { lr: 0.1 });
const { trainLosses } = await train(model, loader, { loss: new CrossEntropyLoss(), optimizer, epochs });
const seconds = (performance.now() - start) / 1000;
tell({ value: peakMemory(), parts: { seconds, "last loss": trainLosses.at(-1) } });
