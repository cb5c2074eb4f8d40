/** How long a loop may keep the thread before timers, signals and drawing get their turn. */
const longestTurnMs = 50;

let turnStarted = 0;

/**
 * Await this in every long loop. It returns at once, but yields the thread if the loop has held it
 * for 50 ms.
 */
export async function yieldToEventLoop(): Promise<void> {
  const now = performance.now();
  if (now - turnStarted < longestTurnMs) return;
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  turnStarted = performance.now();
}
