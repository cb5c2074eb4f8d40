import { skipUnless } from "../skip.ts";
import { type Launcher, launcher } from "./mpirun.ts";

/** Declares the same suite for Open MPI and for MPICH; pending, with the reason, where one is absent. */
export function withBothLaunchers(title: string, declare: (found: () => Launcher) => void): void {
  for (const name of ["Open MPI", "MPICH"] as const) {
    describe(`${title}, ${name}`, function () {
      this.timeout(150_000);
      this.retries(2); // where ranks outnumber the cores a launcher may give up; what is wrong fails every time
      const found = launcher(name);
      before(function () {
        skipUnless(this, found !== null, `mpirun of ${name}`);
      });
      declare(() => found as Launcher);
    });
  }
}
