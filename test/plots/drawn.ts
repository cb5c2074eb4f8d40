/** Draws pictures for tests, and reads their parts. */
import { expect } from "chai";
import { type Picture, toSvg } from "chalk-and-tape/plots";

interface Values {
  values: Record<string, unknown>[];
}
export interface Layer {
  data?: Values;
  mark: Record<string, unknown>;
  encoding: Record<string, Record<string, unknown>>;
}

export const rows = ({ spec }: Picture): Record<string, unknown>[] => (spec.data as Values).values;
export const layers = ({ spec }: Picture): Layer[] => spec.layer as Layer[];

/** Draws, and turns whatever Vega warns of into a failure. */
export async function draw(picture: Picture): Promise<string> {
  const warnings: string[] = [];
  const svg = await toSvg(picture, { warn: (message) => warnings.push(message) });
  expect(warnings).to.deep.equal([]);
  expect(svg).to.match(/^<svg role="img" aria-label="[^"<>]+"/);
  const drawn = svg.replace(/aria-label="[^"]*"/g, "").replace(/>[^<]*</g, "><");
  expect(drawn).not.to.match(/NaN|undefined|Infinity|null/);
  return svg;
}

/** The paths that Vega drew for the marks of one kind. */
export function paths(svg: string, kind: string): string[] {
  const groups = svg.match(new RegExp(`<g class="mark-${kind} role-mark[\\s\\S]*?</g>`, "g")) ?? [];
  return groups.flatMap((group) => group.match(/<path [^>]*>/g) ?? []);
}
