import { formatShape } from "../../np/index.ts";
import type { Summary, SummaryRow } from "./summary.ts";

/** Formats a summary as a table: one line per part, indented by depth, with the totals below. */
export function summaryText({
  rows,
  parameters,
  buffers,
  multiplyAdds,
  sizesBytes,
  inputShape,
}: Summary): string {
  const lines = rows.map((row, i): Line => {
    const { outputShape, kind, name } = row;
    const branch = `${branches(rows, i)}${name.slice(name.lastIndexOf(".") + 1)}`;
    return [
      branch ? `${branch}  ${kind}` : kind,
      outputShape ? formatShape(outputShape) : "–",
      counted(row.parameters),
      counted(row.multiplyAdds),
    ];
  });
  const table: Line[] = [["layer", "output shape", "parameters", "multiply-adds"], ...lines];
  const widths = [0, 1, 2, 3].map((k) => Math.max(...table.map((line) => (line[k] as string).length)));
  const text = table.map((line) =>
    line
      .map((cell, k) => (k < 2 ? cell.padEnd(widths[k] as number) : cell.padStart(widths[k] as number)))
      .join("  ")
      .trimEnd(),
  );
  const rule = "─".repeat(Math.max(...text.map((line) => line.length)));
  const all = Object.values(sizesBytes).reduce((sum, size) => sum + size, 0);
  return [
    text[0],
    rule,
    ...text.slice(1),
    rule,
    `${count(parameters)} trainable parameters; ${count(buffers)} numbers in buffers`,
    `${count(multiplyAdds)} multiply-adds for an input of shape ${formatShape(inputShape)}`,
    `${size(all)}: parameters ${size(sizesBytes.parameters)}, buffers ${size(sizesBytes.buffers)}, input ${size(sizesBytes.input)}, outputs of all layers ${size(sizesBytes.outputs)}`,
  ].join("\n");
}

type Line = readonly [layer: string, shape: string, parameters: string, multiplyAdds: string];

/** The tree lines before a name, "│  └─ ", which show whether more parts follow on each level. */
function branches(rows: readonly SummaryRow[], i: number): string {
  const { depth } = rows[i] as SummaryRow;
  const follows = (level: number): boolean => {
    const next = rows.slice(i + 1).find((row) => row.depth <= level);
    return next?.depth === level;
  };
  return Array.from({ length: depth }, (_, k) => {
    if (k + 1 < depth) return follows(k + 1) ? "│  " : "   ";
    return follows(depth) ? "├─ " : "└─ ";
  }).join("");
}

function counted(n: number): string {
  return n === 0 ? "–" : count(n);
}

function count(n: number): string {
  return n.toLocaleString("en");
}

function size(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
