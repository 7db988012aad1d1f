import { readFile } from 'node:fs/promises';

const KILOBYTE = 1024;

/** Bytes of memory that a process holds; null when it has ended, or where the system does not tell it (other than Linux). */
export async function residentBytes(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'latin1');
    const held = /^VmRSS:\s*(?<kb>\d+) kB$/mu.exec(status)?.groups?.['kb'];
    return held === undefined ? null : Number(held) * KILOBYTE;
  } catch {
    return null;
  }
}
