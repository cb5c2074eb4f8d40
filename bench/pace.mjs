/** How long each process of a job warms up and measures. The gate compares the loss at step `gateSteps`. */
export const pace = (quick) =>
  quick
    ? { gateSteps: 5, warmUpMs: 0, minSteps: 3, measureMs: 0 }
    : { gateSteps: 50, warmUpMs: 500, minSteps: 10, measureMs: 1000 };
