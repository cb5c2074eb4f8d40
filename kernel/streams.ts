/** Sends what is printed to Jupyter. What comes after a cell has ended goes to the cell that ran last, as in Python. */
export function redirect(stream: "stdout" | "stderr", publish: (text: string) => void): void {
  const decoder = new TextDecoder();
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    publish(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
    const done = rest.find((one) => typeof one === "function");
    if (done) process.nextTick(done);
    return true;
  };
  Object.assign(process[stream], { write });
}
