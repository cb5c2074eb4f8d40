import { engineWanted, threads } from "../np/internal.ts";
import { whyNoFolder } from "./folder.ts";

/** Checks the variables that commands obey, before anything runs. @throws RangeError for a wrong value */
export function expectEnvironment(): void {
  engineWanted();
  threads();
  const { CHALK_DATA: folder } = process.env;
  const why = folder ? whyNoFolder(folder) : null;
  if (why) throw new RangeError(`CHALK_DATA is "${folder}", which ${why}; expected the data folder`);
}
