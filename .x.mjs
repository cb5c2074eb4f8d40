process.chdir("/work/h-hw3");
const { runAnswer, scoreOf } = await import("/work/h-hw3/.build/test/grader/run-answer.js");
const { gradedAssignment } = await import("/work/h-hw3/dist/grader/graded.js");
const { textOf } = await import("/work/h-hw3/dist/grader/known-answer.js");
const { readFileSync } = await import("node:fs");
const graded = await gradedAssignment("hw3");
const reference = readFileSync("grader/hw3/source/hw3.ts", "utf8");
const pick = process.argv[2];
for (const a of [...graded.right, ...graded.wrong]) {
  if (pick ? !a.name.includes(pick) : a.name.startsWith("every way") && process.argv[3]) continue;
  const t = performance.now();
  const r = await runAnswer(graded, textOf(a, reference), { seed: Number(process.argv[3] ?? 1) });
  const s = scoreOf(r);
  console.log(s === a.points ? "ok  " : "DIFF", s, "declared", a.points, a.name, (performance.now() - t).toFixed(0) + "ms");
  for (const x of r) if (x.state === "failed" || (x.state !== "passed" && s !== a.points)) console.log("     ", x.id, x.points, x.share, x.state, x.cause, x.advice.where.slice(0, 300));
}
