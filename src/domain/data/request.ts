import { BtError } from '../errors.ts';
import { isDay } from '../time.ts';
import { findDataset } from './datasets.ts';
import type { DataRequest, Dataset, ParameterKind } from './datasets.ts';
import { queryProblem } from './query-check.ts';

/** Securities, days or names in one question. */
const MOST_ITEMS = 20_000;

/** The request when it is one of ours with all its parameters; BtError BAD_DATA_REQUEST that says what is wrong with it. */
export function checkRequest(value: unknown): DataRequest {
  if (!isRecord(value)) throw bad('a request', 'is no object');
  const { dataset, params } = value;
  const known = typeof dataset === 'string' ? findDataset(dataset) : undefined;
  if (known === undefined) throw bad(String(dataset).slice(0, 40), 'is no kind of data that is known here');
  const problem = paramsProblem(known, params);
  if (problem !== null) throw bad(String(dataset), problem);
  return value as unknown as DataRequest; // checked above against the definition of its name
}

function paramsProblem(dataset: Dataset, params: unknown): string | null {
  if (!isRecord(params)) return 'needs its parameters as an object';
  for (const name of Object.keys(params))
    if (!Object.hasOwn(dataset.params, name)) return `has no parameter ${name.slice(0, 40)}`;
  for (const [name, kind] of Object.entries(dataset.params)) {
    const problem = valueProblem(kind, params[name]);
    if (problem !== null) return `${name} ${problem}`;
  }
  return null;
}

function valueProblem(kind: ParameterKind, value: unknown): string | null {
  if (value === null && kind.endsWith('?')) return null;
  switch (kind.replace('?', '')) {
    case 'text':
    case 'code':
      return isText(value) ? null : 'must be a text';
    case 'texts':
    case 'codes':
      return isListOf(value, isText) ? null : `must be a list of at most ${MOST_ITEMS} texts`;
    case 'day':
      return isDayText(value) ? null : 'must be a day like 2026-07-06';
    case 'days':
      return isListOf(value, isDayText) ? null : `must be a list of at most ${MOST_ITEMS} days`;
    case 'time':
      return Number.isFinite(value) ? null : 'must be an instant, epoch ms';
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? null : 'must be a whole number';
    case 'flag':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'query':
      return queryProblem(value);
    default:
      return 'is of a kind that nobody knows';
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 200;
}

function isDayText(value: unknown): value is string {
  return typeof value === 'string' && isDay(value);
}

function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MOST_ITEMS && value.every(fits);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(what: string, problem: string): BtError {
  return new BtError('BAD_DATA_REQUEST', `The question for ${what} cannot be asked: it ${problem}. Change the call.`, {
    fault: 'strategy',
  });
}
