import { parseArgs } from "node:util";

export const usage = `npm run bench -- [--jobs a,b] [--contenders a,b] [--processes 5] [--out report/bench] [--quick] [--list]

--jobs         groups or single jobs, mlp or mlp-64; all by default
--contenders   chalk is chalk-blas, chalk-wasm and chalk-js; all that this machine has by default
--processes    of each contender and job, in rounds: each contender once, then each once more …
--timeout      seconds to wait for a process's turn, or its end; 900 by default
--out          folder for bench.json and the pictures
--quick        one process, five steps: does everything run, are its numbers right? Its times mean nothing
--list         prints jobs and contenders, and runs nothing`;

const options = {
  jobs: { type: "string" },
  contenders: { type: "string" },
  processes: { type: "string" },
  timeout: { type: "string", default: "900" },
  out: { type: "string", default: "report/bench" },
  quick: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
};

/** The command line. @throws RangeError or TypeError for what it does not know */
export function readOptions(args) {
  const { values } = parseArgs({ args, options });
  const whole = (name, text) => {
    if (!/^[1-9]\d*$/.test(text)) throw new RangeError(`--${name} is "${text}"; expected a whole number ≥ 1`);
    return Number(text);
  };
  return {
    ...values,
    processes: whole("processes", values.processes ?? (values.quick ? "1" : "5")),
    timeout: whole("timeout", values.timeout),
  };
}

/** The jobs that were asked for, each once. @throws RangeError for an unknown name */
export function chosenJobs(groups, text) {
  if (!text) return [...new Set(Object.values(groups).flat())];
  const single = Object.fromEntries(
    Object.values(groups).flatMap((jobs) => jobs.map((job) => [job.name, [job]])),
  );
  const chosen = text
    .split(",")
    .flatMap((name) => groups[name] ?? single[name] ?? unknown("job", name, groups));
  return [...new Set(chosen)];
}

/** The contenders that were asked for, by whole name or by what stands before the last "-". */
export function chosenContenders(contenders, text) {
  if (!text) return contenders;
  const chosen = text.split(",").flatMap((name) => {
    const found = contenders.filter((one) => one.name === name || one.name.replace(/-[^-]*$/, "") === name);
    return found.length > 0 ? found : unknown("contender", name, byName(contenders));
  });
  return contenders.filter((one) => chosen.includes(one));
}

const byName = (list) => Object.fromEntries(list.map((one) => [one.name, one]));

function unknown(what, name, known) {
  throw new RangeError(`unknown ${what} "${name}"; expected one of ${Object.keys(known).join(", ")}`);
}
