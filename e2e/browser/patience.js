// How long anything may take that is waited for, in milliseconds. It costs nothing where all is
// well, and a busy machine is slow without being wrong.

export const PATIENCE_MS = 60_000;
