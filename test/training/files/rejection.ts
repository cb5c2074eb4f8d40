import { expect } from "chai";

/** The error of a promise that is to fail. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error) => error as Error,
  );
}
