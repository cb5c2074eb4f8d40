import { digits } from "./statistics.mjs";

/** One job's figures as text. `limit` is in the job's unit, where there is one. */
export function tableOf({ job, unit, peer, reference, rows, limit, work }) {
  const head = ["", unit, "min", "max", peer ? "× PyTorch" : "", limit ? "× limit" : ""];
  const parts = Object.keys(rows.find((row) => row.parts)?.parts ?? {});
  const lines = rows.map((row) => {
    const words = row.cannot ?? (row.failed ? `failed: ${row.failed}` : row.doesNotCount);
    if (words) return `  ${row.contender.padEnd(12)}  ${words}`;
    const numbers = [row.median, Math.min(...row.values), Math.max(...row.values)].map(digits);
    const ratios = [row.ratio ? row.ratio.toFixed(2) : "", limit ? (row.median / limit).toFixed(2) : ""];
    return line(row.contender, [...numbers, ...ratios, ...parts.map((name) => digits(row.parts[name]))]);
  });
  const about = [
    work ? `${work.parameters.toLocaleString("en")} parameters, ${digits(work.flops / 1e6)} MFLOP` : "",
    limit ? `limit ${digits(limit)} ms` : "",
    peer ? `ratios to ${peer}` : "",
    reference ? `numbers compared with ${reference}'s` : "",
  ].filter(Boolean);
  return [
    `\n${job}${about.length > 0 ? `: ${about.join("; ")}` : ""}`,
    line(...splitHead(head, parts)),
    ...lines,
  ].join("\n");
}

const splitHead = ([first, ...rest], parts) => [first, [...rest, ...parts]];
const line = (name, numbers) =>
  `  ${name.padEnd(12)}${numbers.map((text) => String(text).padStart(12)).join("")}`;
