import { argument, type Contract, type None, optional, type Required, refusal } from "../../np/internal.ts";

const isLayer = (x: unknown): boolean =>
  typeof x === "object" && x !== null && "forward" in x && typeof x.forward === "function";

const layer: Required<object> = argument("layer", "a layer, such as new ReLU()", isLayer);

const layers: Required<readonly object[]> = {
  type: "layer",
  expected: "layers, such as new ReLU()",
  required: true,
  refuse(name, value) {
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    const wrong = given.findIndex((x) => !isLayer(x));
    if (wrong < 0) return null;
    return refusal(false, `${name}[${wrong}]`, given[wrong], layer.expected + remedyFor(given[wrong]));
  },
};

/** How to pass a list, a class or a function. */
function remedyFor(x: unknown): string {
  if (Array.isArray(x)) return "; for a list, write new Sequential(...list)";
  if (typeof x !== "function") return "";
  const isClass = typeof x.prototype?.forward === "function";
  return isClass
    ? `; write new ${x.name}(…)`
    : "; put the function into the forward of a class that extends Layer in chalk, Module on tape";
}

export const Sequential: Contract<{ layers: readonly object[] }, None> = {
  name: "Sequential",
  positional: { layers },
  rest: true,
  options: {},
};

/** Its parts are passed by position, as in Sequential. */
export const Residual: Contract<{ main: object; shortcut?: object }, None> = {
  name: "Residual",
  positional: { main: layer, shortcut: { ...optional(layer, {}, "new Identity()"), default: undefined } },
  options: {},
};

export const Identity: Contract<None, None> = { name: "Identity", positional: {}, options: {} };
