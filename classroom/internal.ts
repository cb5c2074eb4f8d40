/** Parts of the classroom for our own rooms; not exported from the package. */

export { Exhibit } from "./exhibit.ts";
