/** The version of this package, which a file names as its maker's; a test compares it with package.json. */
export const version: string = "0.1.0";
