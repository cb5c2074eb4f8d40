/** Whose numbers are right, best first: PyTorch's, where it is here. */
const order = [/^pytorch/, /^numpy/, /^tfjs/, /^jax/, /./];

/**
 * Compares what every process of a job computed, such as its loss at step 1 and at step 50, with what the reference did: `tolerances[i]` is how
 * far the i-th number may be off, relative. Gives `{ reference, verdicts }`: by contender null where all is right, else a sentence
 * with both numbers. A figure with a sentence does not count.
 */
export function judge(runs, tolerances) {
  const counted = runs.filter(({ failed, results }) => !failed && results.some(({ checks }) => checks));
  const rank = ({ contender }) => order.findIndex((pattern) => pattern.test(contender.name));
  const reference = counted.toSorted((a, b) => rank(a) - rank(b))[0];
  if (!reference) return { reference: null, verdicts: {} };
  const expected = Object.entries(reference.results[0].checks);
  const verdicts = counted.map(({ contender, results }) => [
    contender.name,
    results
      .map(({ checks }) => difference(checks, expected, tolerances, reference.contender.name))
      .find(Boolean) ?? null,
  ]);
  return { reference: reference.contender.name, verdicts: Object.fromEntries(verdicts) };
}

function difference(checks, expected, tolerances, reference) {
  for (const [i, [name, right]] of expected.entries()) {
    const found = checks?.[name];
    // Who has no gradient says "none". NaN is null in JSON, and never within.
    if (found === "none") continue;
    const within = Math.abs(found - right) <= tolerances[i] * Math.abs(right);
    if (!within) return `does not count: ${name} ${found}, ${reference}'s ${right}, allowed ${tolerances[i]}`;
  }
  return null;
}
