import { ours } from "./ours.mjs";

/** The arrays alone, nothing recorded: what the tape adds is the difference. They have no backward. */
export function np(engine) {
  const all = ours("np", "np", engine, ["overhead"]);
  return { ...all, command: (job) => (job.phase === "backward" ? null : all.command(job)) };
}
