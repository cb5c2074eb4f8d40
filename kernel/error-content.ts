/** What Jupyter's `error` message and a failed `execute_reply` hold. */
export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  /** Jupyter shows these lines and nothing else. */
  readonly traceback: readonly string[];
}

export function interruptedError(): ErrorContent {
  const evalue = "the cell was interrupted; variables that had a value keep it";
  return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
}
