import { summary } from "chalk-and-tape/compare";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { models } from "./models.mjs";

/**
 * What a step computes: its parameters, and two operations for each multiply-add of the products: forward, the weights'
 * gradients, the inputs' gradients; of the first layer's input nobody needs one.
 */
export function workOf({ model, batch }) {
  const { build, inputShape } = models[model.name];
  const { rows, multiplyAdds, parameters } = summary(build(manual, model, random(0)), [
    1,
    ...inputShape(model),
  ]);
  const first = rows.find(({ kind }) => /^(Linear|Conv)/.test(kind));
  return { parameters, flops: 2 * batch * (3 * multiplyAdds - first.multiplyAdds) };
}
