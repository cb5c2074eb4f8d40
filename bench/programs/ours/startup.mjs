// The first import of the tape in a process; from start to end.
await import("chalk-and-tape/autograd");
