/**
 * The line of a network's method that calls a part, as its author wrote it; for a part in a list,
 * which a loop calls, the call itself. The first part takes the network's x and returns its dx.
 */
export function sourceLine(
  network: object,
  method: "forward" | "backward",
  part: string,
  isFirst: boolean,
): string {
  const written: unknown = Reflect.get(network, method);
  if (part === "") return method === "forward" ? "y = forward(x)" : "dx = backward(dy)";
  const call = `${part}.${method}(`;
  const line = String(written)
    .split("\n")
    .find((one) => one.includes(`this.${call}`));
  if (line === undefined) return calledInLoop(call, method, isFirst);
  const plain = line.replace(/^\s*(let|const) /, "");
  return plain
    .trim()
    .replace(/;(\s*\/\/)/, " $1")
    .replace(/;$/, "")
    .replace(/\s+/g, " ");
}

function calledInLoop(call: string, method: "forward" | "backward", isFirst: boolean): string {
  if (method === "forward") return `y = ${call}${isFirst ? "x" : "y"})`;
  return `${isFirst ? "dx" : "dy"} = ${call}dy)`;
}
