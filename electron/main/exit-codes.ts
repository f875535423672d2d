/** The application could not start and has said why. Not 1: that is what the runtime itself ends with when it can't run. */
export const startProblemExitCode = 3;
