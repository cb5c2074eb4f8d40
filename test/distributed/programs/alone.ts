/** Asks for the ranks, and prints what came: a text, or an error. The exit code is 0 either way, so that every rank can speak. */
import { basename } from "node:path";
import { distributed } from "chalk-and-tape/distributed";
import { threads } from "#internal/np";

try {
  const ranks = distributed();
  const loaded = process.report?.getReport() as unknown as { sharedObjects: string[] };
  const native = loaded.sharedObjects
    .map((file) => basename(file))
    .filter((file) => /^koffi|^libmpi/.test(file));
  const { count } = threads();
  console.log(JSON.stringify({ text: String(ranks), same: distributed() === ranks, native, threads: count }));
} catch (error) {
  console.log(JSON.stringify({ error: `${error}` }));
}
