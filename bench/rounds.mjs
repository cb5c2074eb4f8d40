import { launch } from "./launch.mjs";

/**
 * Runs one job: in every round each contender has one new process, the order turned by one from round to round. Where the job is `inTurns`, all of
 * a round's processes are alive together: each warms up, then each measures for a fraction of a second, again and again in turn, so that a
 * machine that is slow for a second or a minute is so for all. Who is absent, cannot run it, or fails, stays in the list with the reason.
 */
export async function runRounds(job, contenders, spec, { processes, timeout, slowToo = false, onResult }) {
  const runs = contenders.flatMap((contender) => {
    const command = contender.command(job);
    return command
      ? [{ contender, command, cannot: obstacle(contender, command, job, slowToo), results: [] }]
      : [];
  });
  for (let round = 0; round < processes; round++) {
    const order = runs
      .map((_, i) => runs[(i + round) % runs.length])
      .filter((run) => !run.cannot && !run.failed);
    const note = (run, result) => {
      if (result.failed) run.failed = result.failed;
      else run.results.push(result);
      onResult?.(run.contender, result, round);
    };
    if (job.inTurns) await together(order, spec, timeout, note);
    else for (const run of order) note(run, await launch(run.command, spec, timeout).end());
  }
  return runs;
}

async function together(order, spec, timeout, note) {
  const started = [];
  for (const run of order) {
    const process = launch(run.command, spec, timeout);
    started.push({ run, process });
    await process.turn(); // it warms up
  }
  for (let turn = 0; turn < spec.turns; turn++) {
    for (const { process } of started) await process.turn(); // at once: after a pause a virtual machine can be slower for a second
  }
  for (const { run, process } of started) note(run, await process.end());
}

function obstacle({ name, absent }, { cannot }, { tooSlow, missing }, slowToo) {
  if (absent) return `absent: ${absent}`;
  if (missing ?? cannot) return missing ?? cannot;
  return tooSlow?.test(name) && !slowToo ? "left out, it takes minutes: name it with --contenders" : null;
}
