/**
 * Runs jobs, the first argument as JSON, over MPI. Every rank writes its results into a file in the folder that is the
 * second argument: launchers mix long lines of several processes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { distributed } from "chalk-and-tape/distributed";
import { random } from "chalk-and-tape/np";
import runJobs, { type Job } from "./train-job.js";

const ranks = distributed();
const unseeded = random().next();
const results = await runJobs(ranks, JSON.parse(process.argv[2] ?? "[]") as Job[]);
const line = { rank: ranks.rank, unseeded, results };
writeFileSync(join(process.argv[3] ?? "", `rank${ranks.rank}of${ranks.size}.json`), JSON.stringify(line));
