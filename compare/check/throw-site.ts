/** Matches this package's folders, in the build and, with source maps, in the sources. */
const root = import.meta.url.replace(/(dist\/)?compare\/check\/[^/]*$/, "").replace(/^file:\/\//, "");
const rooms = /^(dist|np|contracts|initialisers|training|manual|autograd|gradcheck|compare)\//;

/** ` (in Linear.backward, layer.ts:14)`: the first stack frame outside this package; "" if there is none. */
export function throwSite({ stack = "" }: Error): string {
  for (const line of stack.split("\n")) {
    const frame = /^\s+at (?:async )?(\S+) \((?:file:\/\/)?(.*?:\d+):\d+\)$/.exec(line);
    if (!frame) continue;
    const [, name = "", place = ""] = frame;
    if (place.startsWith("node:") || (place.startsWith(root) && rooms.test(place.slice(root.length))))
      continue;
    return ` (in ${name}, ${place.replace(/^.*[\\/]/, "")})`;
  }
  return "";
}
