import { badJson, NAN_STAND_IN, readableJson } from './json-scan.ts';

/** For texts that nobody chooses to hurt. */
const ANY_SALT = 1;

export type JsonObject = Record<string, unknown>;

/**
 * JSON as the gateway writes it: bare NaN, Infinity and -Infinity are numbers, an integer beyond ±2^53 comes back as its text,
 * the last duplicate key wins, a `__proto__` key is dropped. Time and memory grow with its length and with nothing else. Throws
 * BtError BAD_JSON (details.reason: syntax | depth | size). `salt`: a number that whoever wrote it does not know.
 */
export function parseWireBytes(body: Buffer, salt = ANY_SALT): unknown {
  const { text, repairs } = readableJson(body, salt);
  try {
    const value: unknown = JSON.parse(text);
    return repairs === null ? value : repaired(value, repairs.proto);
  } catch (error) {
    throw badJson(error instanceof Error ? error.message : 'it cannot be read', 'syntax', error);
  }
}

/** The same of a text. */
export function parseWireJson(text: string): unknown {
  return parseWireBytes(Buffer.from(text, 'utf8'));
}

/** Compact JSON; numbers that are not finite are written as the bare tokens the gateway uses. Undefined members are left out. */
export function stringifyWire(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'null';
  // JSON.stringify turns NaN into null, so only a text with a null in it can have lost one.
  return text.includes('null') && holdsNonFinite(value) ? writeLoose(value) : text;
}

/** True for a plain JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** NaN where its stand-in was, and no prototype's name as a key. Recursion is safe: the text was checked to be flat enough. */
function repaired(value: unknown, proto: boolean): unknown {
  if (value === NAN_STAND_IN) return Number.NaN;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const item: unknown = value[i];
      if (item === NAN_STAND_IN || (typeof item === 'object' && item !== null)) value[i] = repaired(item, proto);
    }
    return value;
  }
  return isJsonObject(value) ? repairedObject(value, proto) : value;
}

function repairedObject(value: JsonObject, proto: boolean): JsonObject {
  // Deleting a key would make the object slow for good, a copy without it does not.
  const clean: JsonObject = proto && Object.hasOwn(value, '__proto__') ? {} : value;
  for (const key of Object.keys(value)) {
    if (key === '__proto__') continue;
    const item = value[key];
    const whole = item === NAN_STAND_IN || (typeof item === 'object' && item !== null) ? repaired(item, proto) : item;
    if (clean !== value || whole !== item) clean[key] = whole;
  }
  return clean;
}

function holdsNonFinite(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value)) return Object.values(value).some(holdsNonFinite);
  const items: readonly unknown[] = value;
  for (const item of items) {
    // Long lists are of numbers, and most of them are finite: no call for each.
    if (typeof item === 'number' ? !Number.isFinite(item) : holdsNonFinite(item)) return true;
  }
  return false;
}

function writeLoose(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(writeLoose).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeLoose(member)}`).join(',')}}`;
}
