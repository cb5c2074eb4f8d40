import { digits } from "./statistics.mjs";

const line = (name, cells) =>
  `  ${name.padEnd(16)}${cells.map((cell) => cell.padStart(12)).join("")}`.trimEnd();

/** One job's figures as text: medians, the range over the processes, ratios, parts such as forward and backward. */
export function tableOf(figures) {
  const { job, unit, peer, rows } = figures;
  const parts = Object.keys(rows.find((row) => row.parts)?.parts ?? {});
  const heads = [unit, "min", "max", ...(peer ? ["× PyTorch"] : []), ...parts];
  const lines = rows.map((row) => {
    const words = row.cannot ?? (row.failed ? `failed: ${row.failed}` : row.doesNotCount);
    if (words) return `  ${row.contender.padEnd(16)}${words}`;
    return line(row.contender, [
      ...[row.median, Math.min(...row.values), Math.max(...row.values)].map(digits),
      ...(peer ? [row.ratio.toFixed(2)] : []),
      ...parts.map((name) => (row.parts[name] === 0 ? "–" : digits(row.parts[name]))),
    ]);
  });
  const about = aboutOf(figures);
  return [`\n${job}${about ? `: ${about}` : ""}`, line("", heads), ...lines].join("\n");
}

function aboutOf({ work, peer, reference }) {
  const sentences = [
    work && `${work.parameters.toLocaleString("en")} parameters, ${digits(work.flops / 1e6)} MFLOP`,
    peer && `ratios to ${peer}`,
    reference && `numbers compared with ${reference}'s`,
  ];
  return sentences.filter(Boolean).join("; ");
}
