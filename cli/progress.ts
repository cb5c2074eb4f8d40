import { onInterrupt } from "./exit.ts";

/** A progress bar on stderr if that is a terminal and `isWanted`, else nothing: the result lines show the progress. */
export interface Progress {
  show(share: number, note: string): void;
  /** Removes the bar, so that a line of results can be printed in its place. */
  end(): void;
}

export async function startProgress(isWanted = true): Promise<Progress> {
  if (!isWanted || !process.stderr.isTTY) return { show: () => {}, end: () => {} };
  const { default: progress } = await import("cli-progress");
  let bar: InstanceType<typeof progress.SingleBar> | null = null;
  let forget = (): void => {};
  const end = (): void => {
    bar?.stop();
    bar = null;
    forget();
  };
  return {
    show(share, note) {
      if (!bar) {
        const format = "{bar} {percentage} %  {note}";
        bar = new progress.SingleBar({ stream: process.stderr, format, clearOnComplete: true, barsize: 30 });
        bar.start(1, 0, { note });
        forget = onInterrupt(() => bar?.stop());
      }
      bar.update(share, { note });
    },
    end,
  };
}
