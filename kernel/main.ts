/** What Jupyter starts, with the path of its connection file as the only argument. */
import { startPlainTslab } from "./plain-tslab.ts";

startPlainTslab(process.argv[2] ?? "");
