import type { Finding } from "../study.ts";

/**
 * One finding from several: the verdict on which all agree, else "holds within limits", since the claim
 * was seen in one place and not, or not fully, in another. "not measurable here" has no vote unless
 * it is alone. The sentences follow each other.
 * @throws RangeError for no findings
 */
export function combined(findings: readonly Finding[]): Finding {
  const measurable = findings.filter(({ verdict }) => verdict !== "not measurable here");
  const votes = measurable.length > 0 ? measurable : findings;
  const [first] = votes;
  if (!first) throw new RangeError("combined: no findings; expected one or more");
  const agree = votes.every(({ verdict }) => verdict === first.verdict);
  return {
    verdict: agree ? first.verdict : "holds within limits",
    sentence: findings.map(({ sentence }) => sentence).join(" "),
  };
}
