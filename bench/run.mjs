// Ours beside others, each in processes of its own, in turn: `npm run bench`, which builds first; `npm run bench -- --help`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useEngine } from "chalk-and-tape/np";
import { bench, hasFailed } from "./bench.mjs";
import { contenders } from "./contenders/index.mjs";
import { groups } from "./jobs/index.mjs";
import { chosenContenders, chosenJobs, readOptions, usage } from "./options.mjs";
import { charts } from "./report/charts.mjs";
import { goalsTable } from "./report/goals.mjs";
import { digits } from "./report/statistics.mjs";
import { tableOf } from "./report/table.mjs";

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  const jobs = chosenJobs(groups, options.jobs);
  const those = chosenContenders(contenders, options.contenders);
  for (const { name, what, absent } of those)
    console.log(`${name.padEnd(16)}${absent ? `absent: ${absent}` : what}`);
  if (options.list) return console.log(`\njobs: ${jobs.map(({ name }) => name).join(", ")}`);
  // This process only prepares; it starts no threads that would disturb the others.
  useEngine("js");
  const report = await bench(jobs, those, {
    ...options,
    slowToo: options.contenders !== undefined,
    onResult: ({ name }, contender, { value, failed }, round) =>
      process.stderr.write(`${name}, round ${round + 1}: ${contender.name} ${failed ?? digits(value)}\n`),
    onJob: (figures) => console.log(tableOf(figures)),
  });
  mkdirSync(options.out, { recursive: true });
  const file = join(options.out, "bench.json");
  const { quick, processes } = options;
  writeFileSync(file, `${JSON.stringify({ quick, processes, ...report }, null, 2)}\n`);
  if (report.goals.length > 0 && !options.quick) console.log(goalsTable(report.goals));
  for (const [name, svg] of Object.entries(await charts(report))) writeFileSync(join(options.out, name), svg);
  console.log(`\nwrote ${file}`);
  if (hasFailed(report)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof RangeError || error.code?.startsWith("ERR_PARSE_ARGS"))) throw error;
  console.error(`bench: ${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
