/** What a prediction's answer can be: a number, or one of the choices. */
export type Answer = number | string;

/** A sentence for the guesses from `from` to `to`, both included; a missing bound is open. */
export interface RangeFeedback {
  readonly from?: number;
  readonly to?: number;
  readonly say: string;
}

/** A sentence for one choice. */
export interface ChoiceFeedback {
  readonly choice: string;
  readonly say: string;
}

export type Feedback = RangeFeedback | ChoiceFeedback;

/** One question of the notebook that runs: the guess, and what came out. */
export interface Entry {
  readonly id: string;
  readonly question: string;
  readonly guess: Answer | null;
  readonly unit: string;
  readonly choices: readonly string[];
  /** null until `measured` gives it. */
  measured: Answer | null;
}

/** The questions so far, in the order in which they were first asked. A cell that runs again replaces its own. */
const asked = new Map<string, Entry>();

export function remember(entry: Entry): void {
  asked.set(entry.id, entry);
}

export function recall(id: string): Entry | undefined {
  return asked.get(id);
}

export function everything(): readonly Entry[] {
  return [...asked.values()];
}

/** The sentence for a guess, or null where the author wrote none for it. */
export function sentenceFor(guess: Answer | null, feedback: readonly Feedback[]): string | null {
  const fits = (one: Feedback): boolean =>
    "choice" in one
      ? one.choice === guess
      : typeof guess === "number" && guess >= (one.from ?? -Infinity) && guess <= (one.to ?? Infinity);
  return feedback.find(fits)?.say ?? null;
}
