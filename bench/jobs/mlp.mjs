import { stepJob } from "./step-job.mjs";

/** The lecture's network at batches of 16 to 1024. */
export const mlp = [16, 32, 64, 128, 256, 512, 1024].map((batch) =>
  stepJob(`mlp-${batch}`, { name: "mlp", sizes: [784, 256, 64, 10] }, batch, { axes: { batch } }),
);
