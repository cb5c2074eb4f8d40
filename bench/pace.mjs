/**
 * How long each process of a job warms up; in how many turns it measures, how long in each and how many steps at least; or how long it trains.
 * The gate compares the loss at step `gateSteps`.
 */
export const pace = (quick) =>
  quick
    ? { gateSteps: 5, warmUpMs: 0, turns: 1, minSteps: 3, turnMs: 0, epochs: 1, limit: 2000 }
    : { gateSteps: 50, warmUpMs: 2000, turns: 8, minSteps: 1, turnMs: 250, epochs: 3 };
