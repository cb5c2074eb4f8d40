import type { StudyResult } from "../run-study.ts";
import { measured } from "../spread.ts";
import type { Finding } from "../study.ts";

/** The medians of the nets of depth-vs-width on one target. */
interface Target {
  readonly name: string;
  readonly nets: readonly { readonly net: string; readonly loss: number; readonly accuracy: number }[];
}

function targetsOf({ summary }: StudyResult): Target[] {
  const pairs = Object.keys(summary).flatMap((key) => {
    const [, name, net] = /^(.*), (\S+): training loss$/.exec(key) ?? [];
    return name === undefined || net === undefined ? [] : [{ name, net }];
  });
  const median = ({ name, net }: { name: string; net: string }, what: string): number =>
    measured(summary, `${name}, ${net}: ${what}`).median;
  return [...new Set(pairs.map(({ name }) => name))].map((name) => ({
    name,
    nets: pairs
      .filter((pair) => pair.name === name)
      .map((pair) => ({
        net: pair.net,
        loss: median(pair, "training loss"),
        accuracy: median(pair, "accuracy"),
      })),
  }));
}

/** The net of the smallest training loss. */
function bestFit({ nets }: Target): Target["nets"][number] | undefined {
  return nets.toSorted((a, b) => a.loss - b.loss)[0];
}

/** Whether the family that fits best, of families with as many parameters, depends on the target; null for a result on images. */
export function families(result: StudyResult): Finding | null {
  const targets = targetsOf(result);
  if (targets.length === 0) return null;
  const winners = targets.map((target) => ({
    target: target.name,
    net: bestFit(target)?.net ?? "",
  }));
  const names = [...new Set(winners.map(({ net }) => net))];
  const groups = names.map((net) => {
    const won = winners.filter((winner) => winner.net === net).map(({ target }) => target);
    return `${net} on ${won.join(", ")}`;
  });
  return {
    verdict: names.length > 1 ? "holds" : "not seen here",
    sentence: `With as many parameters each, the smallest training loss is that of ${groups.join("; ")}.`,
  };
}

/** Whether the net that fits best is also the most accurate one, target by target; null for a result on images. */
export function capacityAgainstAccuracy(result: StudyResult): Finding | null {
  const targets = targetsOf(result);
  if (targets.length === 0) return null;
  const apart = targets.filter((target) => {
    const best = Math.max(...target.nets.map(({ accuracy }) => accuracy));
    return (bestFit(target)?.accuracy ?? best) < best - 0.01;
  });
  const orders = new Set(targets.map((target) => bestFit(target)?.net));
  const where = apart.length === 0 ? "" : ` (${apart.map(({ name }) => name).join(", ")})`;
  const sentence =
    `Which net fits best changes with the target: ${orders.size} of ${targets[0]?.nets.length} are first on some target. ` +
    `The net that fits best is more than a point behind the most accurate one on ${apart.length} of ${targets.length} targets${where}.`;
  if (apart.length === 0 || orders.size === 1) return { verdict: "not seen here", sentence };
  return { verdict: apart.length > targets.length / 2 ? "holds" : "holds within limits", sentence };
}
