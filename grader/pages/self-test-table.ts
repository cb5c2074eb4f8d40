import { html, type Markup } from "../../plots/internal.ts";
import type { WallProbe } from "../grading/result.ts";

/** What was tried against each wall. A probe must be denied; a control shows that the instrument works. */
export function selfTestTable(selfTest: readonly WallProbe[]): Markup {
  if (selfTest.length === 0) return html`<p>No self-test was run: nothing shows that a wall holds.</p>`;
  const rows = selfTest.map(({ wall, kind, tried, holds }) => {
    const should = kind === "probe" ? "must be denied" : "must work";
    const found = holds ? "as it must" : kind === "probe" ? "NOT DENIED" : "INSTRUMENT BROKEN";
    return html`<tr><td>${wall}</td><td>${kind}</td><td>${tried}</td><td>${should}</td><td>${found}</td></tr>\n`;
  });
  return html`<table><tr><th>Wall</th><th>Kind</th><th>Tried</th><th>Rule</th><th>Found</th></tr>\n${rows}</table>`;
}
