import type { FetchEvent } from "../datasets/index.ts";

/** Shows an event; null ends the progress. */
export type Show = (event: FetchEvent | null) => void;

const showLine: Show = (event) => {
  if (event?.kind === "start") console.error(`${event.file}: from ${event.url}`);
  else if (event?.kind === "failed") console.error(`${event.file}: ${event.reason}`);
  else if (event?.kind === "unpack") console.error(`${event.file}: checked, unpacking`);
  else if (event?.kind === "fetched") console.error(`${event.file}: fetched and checked`);
  else if (event?.kind === "present") console.error(`${event.file}: already here, checksum correct`);
};

/** Shows a fetch on stderr: a bar on a terminal, a line for each event elsewhere. */
export async function fetchProgress(): Promise<Show> {
  if (!process.stderr.isTTY) return showLine;
  const { default: progress } = await import("cli-progress");
  let bar: InstanceType<typeof progress.SingleBar> | null = null;
  const end = (): void => {
    bar?.stop();
    bar = null;
  };
  return (event) => {
    if (event?.kind !== "progress") {
      end();
      return showLine(event);
    }
    const total = event.totalBytes ?? event.receivedBytes;
    if (!bar) {
      bar = new progress.SingleBar({
        stream: process.stderr,
        format: "{bar} {percentage} % of {total} bytes",
        clearOnComplete: true,
      });
      bar.start(total, 0);
    }
    bar.setTotal(total);
    bar.update(event.receivedBytes);
  };
}
