// One training step, again and again, of either side, as a user writes it: `node step.mjs '{"side": "manual", …}'`.
import { NDArray, random } from "chalk-and-tape/np";
import { models } from "../../problems/models.mjs";
import { readProblem } from "../../problems/read-problem.mjs";
import { settings, tell } from "../settings.mjs";
import { timeSteps } from "../steps.mjs";

const { side, folder, model, batch, ...pace } = settings();
const { computeGradients, CrossEntropyLoss, SGD, ...classes } = await import(`chalk-and-tape/${side}`);
const { weights, x, y } = readProblem(folder);
const array = ({ data, shape }) => NDArray.from(data, shape);
const [images, labels] = [array(x), array(y)];

const network = models[model.name].build(classes, model, random(0));
network.loadStateDict(Object.fromEntries(Object.entries(weights).map(([key, value]) => [key, array(value)])));
const loss = new CrossEntropyLoss();
const optimizer = new SGD(network.parameters(), { lr: 0.1 });
const batches = images.shape[0] / batch;

function step(k) {
  const rows = [(k % batches) * batch, ((k % batches) + 1) * batch];
  const { loss: value } = computeGradients(network, { x: images.slice(rows), y: labels.slice(rows) }, loss);
  optimizer.step();
  optimizer.zeroGrad();
  return value;
}

tell(await timeSteps(step, pace));
