// Epochs of training with the package's own loader and loop; the value is the process's largest resident memory in MiB.
import { readFileSync } from "node:fs";
import { DataLoader, mnist } from "chalk-and-tape/datasets";
import { NDArray, random } from "chalk-and-tape/np";
import { models } from "../../problems/models.mjs";
import { readProblem } from "../../problems/read-problem.mjs";
import { settings, tell } from "../settings.mjs";

const { side, folder, model, batch, epochs, limit, real } = settings();
const { CrossEntropyLoss, SGD, train, ...classes } = await import(`chalk-and-tape/${side}`);
const { weights, x, y } = readProblem(folder);
const array = ({ data, shape }) => NDArray.from(data, shape);
const drawn = () => ({ name: "digits", x: array(x), y: array(y), classes: [..."0123456789"] });
const dataset = real ? await mnist({ split: "train", limit }) : drawn();

const network = models[model.name].build(classes, model, random(0));
network.loadStateDict(Object.fromEntries(Object.entries(weights).map(([key, value]) => [key, array(value)])));
const history = await train(network, new DataLoader(dataset, { batchSize: batch, dtype: "float32" }), {
  loss: new CrossEntropyLoss(),
  optimizer: new SGD(network.parameters(), { lr: 0.1 }),
  epochs,
});

/** Linux remembers the peak of this program alone; getrusage elsewhere, in KiB. */
function peakMiB() {
  if (process.platform === "linux")
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  return process.resourceUsage().maxRSS / 1024;
}
const checks = Object.fromEntries(history.trainLosses.map((loss, i) => [`loss of epoch ${i + 1}`, loss]));
tell({ value: peakMiB(), checks });
