import { basename } from 'node:path';
import { parseChinaTime } from '../../domain/time.ts';
import { loadEnv } from '../../platform/env.ts';
import { writeDocument } from '../../platform/terminal.ts';
import { sayDocument } from '../say.ts';
import { FolderSource } from '../../status/source.ts';
import type { InstanceStatus, StatusQuery } from '../../status/types.ts';
import { instanceFolder } from '../instances.ts';
import { badValue, Settings } from '../settings.ts';

export type Flags = Readonly<Record<string, unknown>>;

/** An instance that a command looks at, and what looks. */
export interface Looked {
  readonly source: FolderSource;
  readonly instance: string;
  readonly folder: string;
}

/** The one that is meant. Throws NO_INSTANCE, WHICH_INSTANCE. */
export function meantInstance(name: string | null, flags: Flags): Looked {
  const folder = instanceFolder(name, flags);
  return { source: new FolderSource({ folders: [folder] }), instance: basename(folder), folder };
}

export function settingsOf(flags: Flags): Settings {
  const envFile = flags['envFile'];
  return new Settings(loadEnv({ envFile: typeof envFile === 'string' ? envFile : null }), flags);
}

/** `--day`. Throws BAD_CONFIG. */
export function dayOf(flags: Flags): Pick<StatusQuery, 'day'> {
  const given = settingsOf(flags).find({ flag: '--day' });
  if (given === null) return {};
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(given.value) && parseChinaTime(`${given.value} 00:00:00`) !== null;
  if (!isDay) throw badValue(given, 'a day like 2026-07-06');
  return { day: given.value };
}

/** The document of the instance that is meant. */
export async function lookAt(name: string | null, flags: Flags, query: StatusQuery): Promise<InstanceStatus> {
  const { source, instance } = meantInstance(name, flags);
  try {
    return await source.status(instance, query);
  } finally {
    source.close();
  }
}

/** Members of a document as JSON, or the text for a person. */
export async function show(flags: Flags, json: unknown, text: () => string): Promise<void> {
  if (flags['json'] === true) await writeDocument(`${JSON.stringify(json, null, 2)}\n`);
  else await sayDocument(`${text()}\n`);
}
