/** This package's rooms, as built and, where source maps are on, as written. */
const root = import.meta.url.replace(/(dist\/)?compare\/check\/[^/]*$/, "").replace(/^file:\/\//, "");
const rooms = /^(dist|np|contracts|initialisers|training|manual|autograd|gradcheck|compare)\//;

/** ` (in Linear.backward, layer.ts:14)`: the first place outside this package, as far as the stack tells; "" if it does not. */
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
