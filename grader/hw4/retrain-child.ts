/** Trains one declared network, in a process of its own; see retrain.ts. It runs nothing of a student's. */
import { DataError } from "../../datasets/index.ts";
import type { Choice } from "../../homework/internal.ts";
import { type Retrained, trainAgain } from "./train-again.ts";

/** What the process sends back. */
export type TrainingAnswer =
  | { readonly found: Retrained }
  | { readonly diverged: string }
  | { readonly noData: string }
  | { readonly broken: string };

async function answer(choice: Choice): Promise<TrainingAnswer> {
  try {
    return { found: await trainAgain(choice) };
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof DataError) return { noData: message };
    return error instanceof RangeError ? { diverged: message } : { broken: message };
  }
}

process.on("message", async (choice: Choice) => {
  process.send?.(await answer(choice));
});
process.on("disconnect", () => process.exit());
