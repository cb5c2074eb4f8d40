import { valueText } from "./arguments-text.ts";

/** An optimizer as PyTorch prints it: the numbers of each group by name, without the parameters. */
export function optimizerText(name: string, groups: readonly object[]): string {
  const texts = groups.map((group, i) => {
    const numbers = Object.entries(group)
      .filter(([key]) => key !== "parameters")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `    ${key}: ${valueText(value)}\n`);
    return `Parameter Group ${i}\n${numbers.join("")}`;
  });
  return `${name} (\n${texts.join("\n")})`;
}
