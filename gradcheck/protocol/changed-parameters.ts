import { directionalRow } from "../differences/directional-row.ts";
import { propertyRow } from "../properties.ts";
import { ownLayer } from "../structure/own-layer.ts";
import { draw } from "./run.ts";
import type { Habit } from "./specimen.ts";

const wrong =
  "after the parameters have changed in place, as an optimizer changes them, forward and backward no longer fit together: read this.weight in forward and backward, and keep no copy of it";

/** Gradients are right after every parameter has changed, too. */
export const changedParameters: Habit = (specimen) => {
  const { title, make, parametersOf, names, draws, rng } = specimen;
  const layer = make();
  const parameters = parametersOf(layer);
  if (parameters.length === 0 || specimen.noDifferences) return null;
  const subject = ownLayer(layer, names, parameters);
  const [inputs, dy] = [draws[0].map((x) => x.copy()), draw(specimen)];
  subject.gradients(dy, ...inputs);
  for (const { value } of parameters) value.addInPlace(rng.normal(0, 0.5, value.shape));
  const { gradients } = subject.gradients(dy, ...inputs);
  const floats = inputs.flatMap((x, i) => (x.dtype === "float64" ? [[names[i] as string, x] as const] : []));
  const arrays = new Map([...floats, ...subject.parameters]);
  const forward = () => subject.forward(...inputs);
  const row = directionalRow(title, { forward, dy }, arrays, { analytical: gradients }, rng);
  const quantity = "changed parameters";
  const agrees = row.verdict !== "disagree"; // all directions may cross kinks
  return propertyRow(title, quantity, { ...row, worst: 0, agrees }, row.shape, wrong);
};
