/** A run that was judged twice: on validation data, to choose, and on test data, to report. */
export interface Tried {
  readonly validationAccuracy: number;
  readonly testAccuracy: number;
}

/**
 * The test accuracy to expect when `tries` of the runs are drawn at random and the best on
 * validation is kept: Σᵢ C(n − i, k − 1) / C(n, k) · testᵢ, with the runs sorted from the best on
 * validation, i = 1, to the worst. Of equals the earlier counts as better.
 * @see Dodge et al., "Show Your Work: Improved Reporting of Experimental Results", EMNLP 2019
 */
export function expectedBest(runs: readonly Tried[], tries: number): number {
  const sorted = [...runs].sort((a, b) => b.validationAccuracy - a.validationAccuracy);
  const n = sorted.length;
  return sorted.reduce(
    (sum, { testAccuracy }, i) => sum + (choose(n - i - 1, tries - 1) / choose(n, tries)) * testAccuracy,
    0,
  );
}

/** n over k; 0 if k > n. */
function choose(n: number, k: number): number {
  let product = k > n ? 0 : 1;
  for (let i = 1; i <= k && product > 0; i++) product *= (n - k + i) / i;
  return product;
}
