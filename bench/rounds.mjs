import { launch } from "./launch.mjs";

/**
 * Runs one job: round after round each contender once, each in a new process, the order turned by one from round to round, so that
 * what disturbs the machine disturbs all. Who is absent, cannot run it, or fails, stays in the list with the reason.
 */
export async function runRounds(job, contenders, spec, { processes, timeout, slowToo = false, onResult }) {
  const runs = contenders.flatMap((contender) => {
    const command = contender.command(job);
    return command
      ? [{ contender, command, cannot: obstacle(contender, command, job, slowToo), results: [] }]
      : [];
  });
  for (let round = 0; round < processes; round++) {
    for (let i = 0; i < runs.length; i++) {
      const run = runs[(i + round) % runs.length];
      if (run.cannot || run.failed) continue;
      const result = await launch(run.command, spec, timeout);
      if (result.failed) run.failed = result.failed;
      else run.results.push(result);
      onResult?.(run.contender, result, round);
    }
  }
  return runs;
}

function obstacle({ name, absent }, { cannot }, { tooSlow, missing }, slowToo) {
  if (absent) return `absent: ${absent}`;
  if (missing ?? cannot) return missing ?? cannot;
  return tooSlow?.test(name) && !slowToo ? "left out, it takes minutes: name it with --contenders" : null;
}
