/** Finds files that import each other in a circle when the program runs: what is imported as a type only is erased. */
import { importsOf } from "./layering.ts";
import { resolve, type Source } from "./source.ts";

/** file → the files that it loads. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

export function runTimeImports(files: readonly Source[]): ImportGraph {
  const paths = new Set(files.map(({ path }) => path));
  return new Map(
    files.map(({ path, text }) => {
      const loaded = importsOf(text).filter(
        ({ specifier, typeOnly }) => !typeOnly && specifier.startsWith("."),
      );
      return [path, loaded.map(({ specifier }) => resolve(path, specifier)).filter((to) => paths.has(to))];
    }),
  );
}

/** The same graph without some of its imports. */
export function without(
  graph: ImportGraph,
  left: readonly { readonly from: string; readonly to: string }[],
): ImportGraph {
  const kept = ([from, targets]: readonly [string, readonly string[]]): [string, string[]] => [
    from,
    targets.filter((to) => !left.some((one) => one.from === from && one.to === to)),
  ];
  return new Map([...graph].map(kept));
}

/** Every set of files that can all reach each other, sorted. */
export function circles(graph: ImportGraph): string[][] {
  const reach = new Map([...graph.keys()].map((from) => [from, reachableFrom(graph, from)]));
  const found = new Map<string, string[]>();
  for (const [from, reached] of reach) {
    if (!reached.has(from)) continue;
    const together = [...reached].filter((to) => reach.get(to)?.has(from)).sort();
    found.set(together.join(" "), together);
  }
  return [...found.values()];
}

/** The files that are loaded because `from` is; `from` itself only if it stands in a circle. */
function reachableFrom(graph: ImportGraph, from: string): Set<string> {
  const reached = new Set(graph.get(from));
  for (const file of reached) for (const to of graph.get(file) ?? []) reached.add(to);
  return reached;
}
