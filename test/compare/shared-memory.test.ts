import { expect } from "chai";
import { Tensor } from "chalk-and-tape/autograd";
import { type Case, cases } from "chalk-and-tape/compare";
import { NDArray, random } from "chalk-and-tape/np";
import { type AnyLayer, type AnyModule, drawInputs } from "#internal/compare";
import { upstreamOf } from "../autograd/inputs.ts";
import { sharing } from "../np/shared-memory.ts";

type Named = [name: string, x: NDArray];

const drawn = (row: Case): Named[] => [...drawInputs(row.inputs, random(1))];
const isFloat = ({ dtype }: NDArray): boolean => dtype.startsWith("float");

/** All arrays that the caller of chalk's forward and backward can reach. */
function onChalk(row: Case): Named[] {
  const layer: AnyLayer = row.manual(random(1));
  const inputs = drawn(row);
  const y = layer.forward(...inputs.map(([, x]) => x));
  const dy = upstreamOf(y, random(2));
  const dx = layer.backward(dy);
  const returned = [dx].flat().flatMap((one, i): Named[] => (one ? [[`dx${i}`, one]] : []));
  const gradients = layer.parameters().map((p): Named => [`gradient of ${p.name}`, p.gradient as NDArray]);
  return [...inputs, ["y", y], ["dy", dy], ...Object.entries(layer.stateDict()), ...returned, ...gradients];
}

/** The same on tape, where every input of floats has a gradient too. */
function onTape(row: Case): Named[] {
  const module: AnyModule = row.autograd(random(1));
  const inputs = drawn(row);
  const [x, ...others] = inputs.map(([name, value]) =>
    isFloat(value) && name !== "target" ? new Tensor(value, true) : value,
  ) as [Tensor, ...(Tensor | NDArray)[]];
  const first = x instanceof NDArray ? new Tensor(x) : x;
  const y = module.forward(first, ...others);
  const dy = upstreamOf(y, random(2));
  y.backward(dy);
  const tensors = [first, ...others].filter((one) => one instanceof Tensor);
  const named = [...tensors.map((one, i) => [`dx${i}`, one] as const), ...module.namedParameters()];
  const found = named.flatMap(([name, { grad }]): Named[] =>
    grad ? [[`gradient of ${name}`, grad.data]] : [],
  );
  for (const [name, gradient] of found) expect(gradient.isContiguous, name).to.equal(true);
  return [...inputs, ["y", y.data], ["dy", dy], ...Object.entries(module.stateDict()), ...found];
}

describe("every layer, activation, loss and model: gradients have their own memory", () => {
  const rows = cases.filter(({ optimizer }) => !optimizer);
  for (const name of new Set(rows.map((row) => row.name))) {
    const own = rows.filter((row) => row.name === name);
    /** What only passes its input on returns a view of it, and chalk's dx is then a view of dy. */
    const passesOn = ["Identity", "Flatten"].includes(name);
    it(`${name}, chalk`, () => {
      const expected = passesOn ? ["x and y", "dy and dx0"] : [];
      for (const row of own) expect(sharing(onChalk(row)), row.what).to.deep.equal(expected);
    });
    it(`${name}, tape`, () => {
      for (const row of own)
        expect(sharing(onTape(row)), row.what).to.deep.equal(passesOn ? ["x and y"] : []);
    });
  }
});
