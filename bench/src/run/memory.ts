import { readFileSync } from 'node:fs';

/** Megabytes that a process holds in memory, as Linux tells: `VmRSS` now, `VmHWM` the most there ever was. */
export function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`^${what}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status does not tell ${what}.`);
  return Number(kilobytes) / 1024;
}
