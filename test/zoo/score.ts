/**
 * `npm run zoo` counts how many wrong programs our check, PyTorch's rule and CS231n's rule catch,
 * and how often each calls a right one wrong.
 * `--seeds 50`, `--json`, `--only Linear,ReLU`; `--large` tries every mutant of large networks at every seed; `--write` writes docs/zoo.md.
 * Uses all cores, each for a share of the seeds.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { cases } from "chalk-and-tape/compare";
import { unknownName } from "#internal/np";
import { root } from "../house/source.ts";
import { checkers } from "./checkers.ts";
import { formatScore, zooPage } from "./format-score.ts";
import { addTallies, emptyTallies, type Tallies, type TallyOptions, tally } from "./tally.ts";

/** A message from a thread: one seed is done, or all of them. */
type Message = { readonly seed: number } | { readonly tallies: Tallies };

function work(options: TallyOptions): void {
  const tallies = tally({ ...options, onSeed: (seed) => parentPort?.postMessage({ seed }) });
  parentPort?.postMessage({ tallies });
}

/** The tallies of one thread's seeds. */
function inThread(options: TallyOptions, onSeed: () => void): Promise<Tallies> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: options });
    worker.on("error", reject);
    worker.on("message", (message: Message) => {
      if ("tallies" in message) resolve(message.tallies);
      else onSeed();
    });
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "50" },
      json: { type: "boolean", default: false },
      large: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      only: { type: "string" },
    },
  });
  const count = Number(values.seeds);
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`--seeds ${values.seeds}: expected a whole number, 1 or more`);
  if (values.write && values.only) throw new RangeError("--write needs the whole zoo: leave out --only");
  const names = values.only?.split(",");
  const known: readonly string[] = [...new Set(cases.map(({ name }) => name))];
  for (const name of names ?? []) if (!known.includes(name)) throw unknownName("class", name, known);
  const start = performance.now();
  const threads = Math.min(count, availableParallelism());
  let done = 0;
  const progress = (): void => {
    done += 1;
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    if (process.stderr.isTTY || done % 10 === 0)
      process.stderr.write(`seed ${done} of ${count}, ${seconds} s\n`);
  };
  const shares = Array.from({ length: threads }, (_, k) =>
    Array.from({ length: count }, (_, seed) => seed).filter((seed) => seed % threads === k),
  );
  const parts = await Promise.all(
    shares.map((seeds) =>
      inThread({ seeds, everyParameter: true, everyMutantOfLarge: values.large, names }, progress),
    ),
  );
  const all = emptyTallies();
  for (const part of parts) addTallies(all, part);
  const seconds = Math.round((performance.now() - start) / 1000);
  const score = { seeds: count, seconds, threads, ...all };
  console.log(values.json ? JSON.stringify(score, null, 2) : formatScore(score));
  if (values.write) writeFileSync(join(root, "docs/zoo.md"), zooPage(score));
  const missed = Object.entries(all.zoo).concat(Object.entries(all.mutants));
  const wrong = missed.some(([key, t]) => key.endsWith(" ours") && t.caught < t.tried);
  if (wrong || (all.right[checkers[0] as string]?.caught ?? 0) > 0) process.exitCode = 1;
}

if (isMainThread) await main();
else work(workerData as TallyOptions);
