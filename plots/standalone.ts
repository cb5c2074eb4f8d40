/**
 * Replaces the variables of a page's style sheet by the colours that stand for them, so that a
 * picture outside a page looks the same in every program that shows SVG.
 */
export function standalone(svg: string): string {
  return svg.replace(/var\(--[\w-]+, (#[0-9a-f]+)\)/g, "$1");
}
