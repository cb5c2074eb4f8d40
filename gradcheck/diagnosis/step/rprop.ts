import { type Method, slip } from "./method.ts";
import { number, pair, type Rule } from "./trace.ts";

interface RpropNumbers {
  readonly size: number;
  readonly agreement: number;
  readonly less: number;
  readonly more: number;
  readonly least: number;
  readonly most: number;
}

function bounded(size: number, { least, most }: RpropNumbers): number {
  return Math.min(Math.max(size, least), most);
}
function grown({ size, agreement, less, more }: RpropNumbers): number {
  return agreement > 0 ? size * more : agreement < 0 ? size * less : size;
}

function rprop(
  resize: (n: RpropNumbers) => number = (n) => bounded(grown(n), n),
  remembered: (g: number, agreement: number) => number = (g, agreement) => (agreement < 0 ? 0 : g),
  moved: (g: number, agreement: number, size: number) => number = (g, agreement, size) =>
    agreement < 0 ? 0 : Math.sign(g) * size,
): Rule {
  return () => {
    let size: number | undefined;
    let previous = 0;
    return ({ p, g, o }) => {
      const [less, more] = pair(o, "etas");
      const [least, most] = pair(o, "stepSizes");
      const agreement = g * previous;
      size = resize({ size: size ?? number(o, "lr"), agreement, less, more, least, most });
      previous = remembered(g, agreement);
      return p - moved(g, agreement, size);
    };
  };
}

const rule = "d ← η⁺d where g kept its sign; d ← η⁻d and g ← 0 where it changed; p ← p − sign(g) d";
export const rpropMethod: Method = {
  name: "Rprop",
  needs: ["etas", "stepSizes"],
  rule: rprop(),
  slips: [
    slip(
      "update rule",
      "let d grow where the sign has changed",
      rule,
      rprop((n) => bounded(grown({ ...n, less: n.more, more: n.less }), n)),
    ),
    slip(
      "update rule",
      "move even where the sign has changed",
      rule,
      rprop(
        undefined,
        (g) => g,
        (g, _agreement, size) => Math.sign(g) * size,
      ),
    ),
    slip(
      "update rule",
      "remember g where the sign has changed, instead of 0",
      rule,
      rprop(undefined, (g) => g),
    ),
    slip("update rule", "have no bounds for d", rule, rprop(grown)),
    slip(
      "update rule",
      "multiply d by g, not by its sign",
      rule,
      rprop(undefined, undefined, (g, agreement, size) => (agreement < 0 ? 0 : g * size)),
    ),
  ],
};
