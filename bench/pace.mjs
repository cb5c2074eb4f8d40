/** How long each process of a job warms up and measures, or trains. The gate compares the loss at step `gateSteps`. */
export const pace = (quick) =>
  quick
    ? { gateSteps: 5, warmUpMs: 0, minSteps: 3, measureMs: 0, epochs: 1, limit: 2000 }
    : { gateSteps: 50, warmUpMs: 2000, minSteps: 10, measureMs: 1000, epochs: 3 };
