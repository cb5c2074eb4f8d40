/**
 * Reads Stryker's report: prints the score of each file, writes it to scores.json, and compares the mutants that survived with
 * survivors.json. A survivor that is not listed, a listed one that is killed by now, and a class "open" are errors.
 * With --update the list takes over this run's survivors; new ones enter as "open", and someone has to say why they live.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const here = (name) => new URL(name, import.meta.url);
const classes = ["equivalent", "message text only", "performance only", "open"];

/** A mutant by what it changes. Its line is for the reader only, so that an edit above it does not make it a new one. */
function identity({ file, code, before, after }) {
  return JSON.stringify([file, code, before, after]);
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

function between(lines, { start, end }) {
  const part = lines.slice(start.line - 1, end.line);
  part[part.length - 1] = part[part.length - 1].slice(0, end.column - 1);
  part[0] = part[0].slice(start.column - 1);
  return oneLine(part.join("\n"));
}

/** `where` tells two equal mutants of one line apart: the column within the line's text. */
function survivor(file, lines, { location, replacement, status }) {
  const line = lines[location.start.line - 1];
  const code = line.trim();
  const column = location.start.column - (line.length - line.trimStart().length);
  return {
    file,
    line: location.start.line,
    code: `${column}: ${code}`,
    before: between(lines, location),
    after: oneLine(replacement),
    status,
  };
}

function text({ file, line, before, after }) {
  return `${file}:${line}: ${before}  →  ${after}`;
}

const update = process.argv.includes("--update");
const report = JSON.parse(
  readFileSync(new URL("../../.build/mutation/report.json", import.meta.url), "utf8"),
);
const listed = existsSync(here("survivors.json"))
  ? JSON.parse(readFileSync(here("survivors.json"), "utf8"))
  : [];
const known = new Map(listed.map((entry) => [identity(entry), entry]));
const found = new Map();
const scores = {};
const problems = [];

for (const [file, { source, mutants }] of Object.entries(report.files).sort()) {
  const lines = source.split("\n");
  const score = { mutants: 0, killed: 0, survived: 0, messageTextSkipped: 0 };
  for (const mutant of mutants) {
    if (mutant.status === "Ignored") {
      score.messageTextSkipped += 1;
      continue;
    }
    score.mutants += 1;
    // A RuntimeError: the mutated module throws as it is loaded, and no test runs. A timeout proves nothing.
    if (mutant.status === "Killed" || mutant.status === "RuntimeError") score.killed += 1;
    else {
      score.survived += 1;
      const entry = survivor(file, lines, mutant);
      found.set(identity(entry), entry);
      if (!["Survived", "NoCoverage"].includes(mutant.status))
        problems.push(`${mutant.status}, not judged; run again on a quieter machine: ${text(entry)}`);
    }
  }
  scores[file] = score;
}

const list = [...found].map(([key, { status, ...entry }]) => ({
  ...entry,
  class: known.get(key)?.class ?? "open",
  why: known.get(key)?.why ?? (status === "NoCoverage" ? "no test runs this line" : "new"),
}));
for (const entry of list) {
  if (!known.has(identity(entry)) && !update) problems.push(`survivor not in survivors.json: ${text(entry)}`);
  else if (entry.class === "open") problems.push(`open: ${text(entry)}`);
  else if (!classes.includes(entry.class)) problems.push(`no such class as "${entry.class}": ${text(entry)}`);
  else if (!entry.why) problems.push(`no reason given: ${text(entry)}`);
}
for (const entry of listed) {
  if (!found.has(identity(entry)) && !update)
    problems.push(`in survivors.json, but killed or gone: ${text(entry)}`);
}

const total = { mutants: 0, killed: 0, survived: 0, messageTextSkipped: 0 };
for (const score of Object.values(scores)) for (const key of Object.keys(total)) total[key] += score[key];
const percent = (killed, all) => (all === 0 ? "–" : `${((100 * killed) / all).toFixed(1)} %`);
console.log(`${"".padEnd(40)}mutants  killed  survived    score`);
for (const [file, s] of [...Object.entries(scores), ["all", total]]) {
  const numbers = `${s.mutants}`.padStart(7) + `${s.killed}`.padStart(8) + `${s.survived}`.padStart(10);
  console.log(file.padEnd(40) + numbers + percent(s.killed, s.mutants).padStart(9));
}
const raw = percent(total.killed, total.mutants);
const open = list.filter((entry) => entry.class === "open").length;
const counts = classes
  .map((name) => `${list.filter((entry) => entry.class === name).length} ${name}`)
  .join(", ");
console.log(`survivors: ${counts}`);
console.log(
  `raw score: ${raw} of ${total.mutants} (${total.messageTextSkipped} in the words of errors were not run)`,
);
console.log(`score without the classed survivors: ${percent(total.killed, total.killed + open)}`);
if (total.killed < 0.95 * total.mutants) problems.push(`the raw score ${raw} is below 95 %`);

if (update) writeFileSync(here("survivors.json"), `${JSON.stringify(list, null, 2)}\n`);
writeFileSync(here("scores.json"), `${JSON.stringify({ ...scores, all: total }, null, 2)}\n`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
