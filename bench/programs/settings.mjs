/** What run.mjs tells a contender's process: the job, its problem's folder, how long to warm up and to measure. */
export const settings = () => JSON.parse(process.argv[2]);

/** A process's last line is its result. */
export const tell = (result) => console.log(JSON.stringify(result));
