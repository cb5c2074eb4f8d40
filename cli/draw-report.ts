import { parentPort, workerData } from "node:worker_threads";
import { compareReport, type RunReport } from "../plots/index.ts";

// A thread of its own: drawing takes some seconds without a pause, and the main thread must still react to Ctrl-C.
const { title, runs } = workerData as { readonly title: string; readonly runs: readonly RunReport[] };
compareReport({ title, runs }).then((html) => parentPort?.postMessage(html));
