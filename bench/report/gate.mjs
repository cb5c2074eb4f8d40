/** Whose numbers are right, best first: PyTorch's, where it is here. */
const order = [/^pytorch/, /^numpy/, /^tfjs/, /^jax/, /./];

/**
 * Compares what every process of a job computed, such as its loss at step 1 and at step 50, with what the reference did: `tolerances[i]` is how
 * far the i-th number may be off, relative. Training amplifies rounding, and PyTorch on two threads rounds
 * otherwise than on one: whoever equals the reference in the first number is one as well, and to equal one is enough.
 * Gives `{ reference, verdicts }`: by contender null where all is right, else a sentence with both numbers. A figure with a sentence
 * does not count.
 */
export function judge(runs, tolerances) {
  const counted = runs.filter(({ failed, results }) => !failed && results.some(({ checks }) => checks));
  const rank = ({ contender }) => order.findIndex((pattern) => pattern.test(contender.name));
  const reference = counted.toSorted((a, b) => rank(a) - rank(b))[0];
  if (!reference) return { reference: null, verdicts: {} };
  const named = (run) => ({ name: run.contender.name, expected: Object.entries(run.results[0].checks) });
  const first = named(reference);
  const atFirst = { ...first, expected: first.expected.slice(0, 1) };
  const others = counted
    .filter((run) => run !== reference && rank(run) === rank(reference))
    .filter(({ results }) => difference(results[0].checks, atFirst, tolerances) === null);
  const references = [first, ...others.map(named)];
  const verdictOf = ({ checks }) => {
    const found = references.map((each) => difference(checks, each, tolerances));
    return found.includes(null) ? null : found[0];
  };
  const verdicts = counted.map(({ contender, results }) => [
    contender.name,
    results.map(verdictOf).find(Boolean) ?? null,
  ]);
  return { reference: reference.contender.name, verdicts: Object.fromEntries(verdicts) };
}

function difference(checks, { name: reference, expected }, tolerances) {
  for (const [i, [name, right]] of expected.entries()) {
    const found = checks?.[name];
    // Who has no gradient says "none". NaN is null in JSON, and never within.
    if (found === "none") continue;
    const within = typeof found === "number" && Math.abs(found - right) <= tolerances[i] * Math.abs(right);
    if (!within) return `does not count: ${name} ${found}, ${reference}'s ${right}, allowed ${tolerances[i]}`;
  }
  return null;
}
