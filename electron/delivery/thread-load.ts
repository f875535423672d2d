/** How busy this thread is: intake and delivery share it, and only while there is too little of it one has to yield. */
import { performance } from 'node:perf_hooks';

/** @returns a function: the share of the time since its last call that the thread was busy, from 0 to 1. */
export function threadLoad(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
