/** A process that writes a state again and again, until it is killed: node writer.js PATH */
import { zeros } from "chalk-and-tape/np";
import { saveState } from "chalk-and-tape/training";

const [, , path] = process.argv;
if (path) {
  const state = { w: zeros([2 ** 21]) }; // 16 MB, so that a write takes a while
  for (;;) await saveState(path, state);
}
