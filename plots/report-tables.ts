import { type EpochRecord, gradientSeconds, type SideEpoch, updateSeconds } from "./epochs.ts";
import { html, type Markup } from "./html.ts";
import { difference, exact, loss, percent, power, seconds } from "./number-format.ts";
import { type ComparisonResult, type ParityRow, rowAgrees } from "./report-data.ts";

/**
 * Formats the most important numbers in large type: accuracies, largest differences over the whole
 * run, the last losses digit by digit, times.
 */
export function headline({ epochs }: ComparisonResult): Markup {
  const last = epochs.at(-1);
  if (!last) return html`<p>No epoch was trained.</p>`;
  const { manual, autograd } = last;
  const most = (of: "maxGradientDifference" | "maxWeightDifference"): string =>
    zeroSaid(Math.max(...epochs.map((row) => row[of] ?? Number.NaN)));
  const time = (of: (side: SideEpoch) => number): Markup | string => {
    const total = (side: "manual" | "autograd"): string =>
      seconds(epochs.reduce((sum, row) => sum + of(row[side]), 0));
    return pair(total("manual"), total("autograd"), true);
  };
  return html`<dl class="headline">
${fact("Test accuracy, last epoch", pair(percent(manual.testAccuracy), percent(autograd.testAccuracy)))}
${fact("Largest gradient difference", most("maxGradientDifference"))}
${fact("Largest weight difference", most("maxWeightDifference"))}
${fact("Forward and backward", time(gradientSeconds))}
${fact("Updates", time(updateSeconds))}
${fact("Test loss, last epoch", digits(exact(manual.testLoss), exact(autograd.testLoss)))}
</dl>`;
}

/** Formats a collapsed table with the numbers of every epoch. */
export function epochTable(epochs: readonly EpochRecord[]): Markup {
  const rows = epochs.map(
    ({ epoch, manual, autograd, maxGradientDifference, maxWeightDifference }) => html`
<tr><th scope="row">${epoch}</th>
<td>${loss(manual.trainLoss)}</td><td>${loss(autograd.trainLoss)}</td><td>${loss(manual.testLoss)}</td>
<td>${loss(autograd.testLoss)}</td><td>${percent(manual.testAccuracy)}</td><td>${percent(autograd.testAccuracy)}</td>
<td>${difference(maxGradientDifference)}</td><td>${difference(maxWeightDifference)}</td>
<td>${seconds(gradientSeconds(manual))}</td><td>${seconds(gradientSeconds(autograd))}</td>
<td>${seconds(updateSeconds(manual))}</td><td>${seconds(updateSeconds(autograd))}</td></tr>`,
  );
  const both = html`<th scope="col">chalk</th><th scope="col">tape</th>`;
  return html`<details><summary>Every epoch in numbers</summary><div class="wide"><table>
<thead><tr><th rowspan="2" scope="col">epoch</th><th colspan="2" scope="colgroup">train loss</th>
<th colspan="2" scope="colgroup">test loss</th><th colspan="2" scope="colgroup">test accuracy</th>
<th colspan="2" scope="colgroup">largest difference</th><th colspan="2" scope="colgroup">forward and backward</th>
<th colspan="2" scope="colgroup">update</th></tr>
<tr>${both}${both}${both}<th scope="col">gradient</th><th scope="col">weight</th>${both}${both}</tr></thead>
<tbody>${rows}</tbody></table></div></details>`;
}

/** Formats a table of each quantity's difference between the sides, against its bound. */
export function parityTable(parity: readonly ParityRow[]): Markup {
  if (parity.length === 0) return html``;
  const rows = parity.map((row) => {
    const ok = rowAgrees(row);
    return html`
<tr class="${ok ? "yes" : "no"}"><th scope="row"><code>${row.quantity}</code></th><td>${row.shape.join(" × ") || "scalar"}</td>
<td>${difference(row.maxAbsolute)}</td><td>${difference(row.maxRelative)}</td><td>${power(row.bound)}</td>
<td class="says">${ok ? "✓ agrees" : "✗ differs"}</td></tr>`;
  });
  const right = parity.filter(rowAgrees).length;
  return html`<h3>Parity: ${right} of ${parity.length} quantities agree</h3><div class="wide"><table>
<thead><tr><th scope="col">quantity</th><th scope="col">shape</th><th scope="col">largest absolute difference</th>
<th scope="col">relative to the largest value</th><th scope="col">bound</th><th scope="col">verdict</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function fact(name: string, value: string | Markup): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function zeroSaid(value: number): string {
  return value === 0 ? "0, bit by bit" : difference(value);
}

/** Shows both sides' values: once if they read the same, otherwise one below the other. */
function pair(chalk: string, tape: string, apart = false): string | Markup {
  if (chalk === tape && !apart) return chalk;
  return html`<span class="of">chalk</span> ${chalk} <br><span class="of">tape</span> ${tape}`;
}

/** Shows both values in full and marks the digits in which they differ. */
function digits(chalk: string, tape: string): Markup {
  let same = 0;
  while (same < chalk.length && chalk[same] === tape[same]) same++;
  const written = (value: string): Markup => html`${value.slice(0, same)}<mark>${value.slice(same)}</mark>`;
  return html`<span class="digits"><span class="of">chalk</span> ${written(chalk)}<br>
<span class="of">tape</span> ${written(tape)}</span>`;
}
