/** Skips a test or a suite where the platform lacks what it needs, and prints why. */
export function skipUnless(context: { skip(): void }, isHere: boolean, needs: string): void {
  if (isHere) return;
  console.log(`        pending: needs ${needs}`);
  context.skip();
}
