/** Public synchronous calls that the test leaves out, with the reason. */
export const notCalled: Readonly<Record<string, string>> = {};
