import { DataError } from "../../np/index.ts";
import { isResumable, type LoopOptions, type Stateful } from "./train-options.ts";

/** Everything of a run with a state, by its name in the file. @throws TypeError for a part without one */
export function savedParts(model: object, loader: object, options: LoopOptions): Record<string, Stateful> {
  const { optimizer, schedule, earlyStopping, bestModel, validation } = options;
  const parts = { model, optimizer, schedule, earlyStopping, bestModel };
  const found = Object.entries(parts).flatMap(([name, part]): [string, Stateful][] => {
    if (!part) return [];
    if ("stateDict" in part && "loadStateDict" in part) return [[name, part as Stateful]];
    throw new TypeError(
      `train: the ${name} cannot be saved: a checkpoint needs its stateDict() and loadStateDict(state)`,
    );
  });
  const loaders = { loader, validation };
  for (const [name, one] of Object.entries(loaders)) if (one) found.push([name, resumable(name, one)]);
  return Object.fromEntries(found);
}

/** Gives every part its state back. @throws RangeError for the states of another run, DataError for those of another kind */
export function restoreParts(
  where: string,
  parts: Readonly<Record<string, Stateful>>,
  states: Readonly<Record<string, object>>,
): void {
  const wrong = [
    ...Object.keys(parts)
      .filter((name) => !(name in states))
      .map((name) => `it has no ${name}`),
    ...Object.keys(states)
      .filter((name) => !(name in parts))
      .map((name) => `it has a ${name}, but this run has none`),
  ];
  if (wrong.length > 0)
    throw new RangeError(
      `${where} was written by another run: ${wrong.join("; ")}; pass the options of that run`,
    );
  for (const [name, part] of Object.entries(parts)) restorePart(where, name, part, states[name] ?? {});
}

/** @throws DataError for a state of another kind, RangeError for one of another run; both name the file */
function restorePart(where: string, name: string, part: Stateful, state: object): void {
  try {
    part.loadStateDict(state);
  } catch (error) {
    const Kind = error instanceof TypeError ? DataError : RangeError;
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    throw new Kind(`${where}: the ${name} does not take its state back: ${error.message}`, { cause: error });
  }
}

function resumable(name: string, loader: object): Stateful {
  if (!isResumable(loader)) {
    throw new TypeError(
      `train: the ${name}'s place in the data cannot be saved; pass a DataLoader, or forward its state and loadState(state) from your wrapper`,
    );
  }
  return {
    stateDict: () => loader.state,
    loadStateDict: (state) => loader.loadState(state),
  };
}
