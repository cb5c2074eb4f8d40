/** One rank of `thread-ranks.ts`: runs the program, and posts what it returned. */
import { parentPort, workerData } from "node:worker_threads";
import { type Meeting, type Program, ThreadRanks } from "./thread-ranks.ts";

const { program, meeting, rank, data } = workerData as {
  program: string;
  meeting: Meeting;
  rank: number;
  data: unknown;
};
const { default: run } = (await import(program)) as { default: Program<unknown, unknown> };
parentPort?.postMessage(await run(new ThreadRanks(meeting, rank), data));
