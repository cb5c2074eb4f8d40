/** How often the control thread looks. */
const everyMs = 1000;

/**
 * Calls `ended` once the process that started the kernel is gone: nobody could interrupt its cell any more. Python's
 * kernel does the same. Jupyter gives its process in JPY_PARENT_PID; on Windows that is a handle, and nothing is watched.
 */
export function watchParent(ended: () => void): void {
  const parent = Number(process.env.JPY_PARENT_PID);
  if (process.platform === "win32" || !Number.isInteger(parent) || parent < 2) return;
  const timer = setInterval(() => {
    if (isAlive(parent)) return;
    clearInterval(timer);
    ended();
  }, everyMs);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's, but there
  }
}
