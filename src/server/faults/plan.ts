import { readFileSync } from 'node:fs';
import * as z from 'zod';

import { BtError, errorMessage } from '../../domain/errors.ts';
import { isJsonObject } from '../../protocol/json.ts';
import { FAULT_KINDS, faultKind } from './kinds.ts';
import type { FaultPlan, FaultSpec } from './types.ts';

const outline = z.strictObject({
  seed: z.int().min(0).default(1),
  faults: z.array(z.unknown()),
});

/** Reads a plan file. Throws BtError BAD_FAULTS naming the file and the field. */
export function readFaultPlan(path: string): FaultPlan {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw badPlan(path, `it cannot be read: ${errorMessage(error)}`, error);
  }
  try {
    return parseFaultPlan(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof BtError) throw error;
    throw badPlan(path, `it is no JSON: ${errorMessage(error)}`, error);
  }
}

/** Checks a plan: `{ seed?, faults: [{ kind, … }] }`. Throws BtError BAD_FAULTS naming the field. */
export function parseFaultPlan(value: unknown, name = 'the plan'): FaultPlan {
  const read = outline.safeParse(value);
  if (!read.success) throw badPlan(name, issueText(read.error, ''));
  const faults = read.data.faults.map((fault, index) => parseFault(fault, index, name));
  return { name, seed: read.data.seed, faults };
}

/** The plan as a file that `readFaultPlan` reads. */
export function faultPlanText({ seed, faults }: FaultPlan): string {
  const lines = faults.map((fault) => `    ${JSON.stringify(fault)}`);
  return `{\n  "seed": ${seed},\n  "faults": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** Throws BtError BAD_FAULTS for `faults[index]`. */
export function badFault(name: string, index: number, kind: string, why: string): BtError {
  return badPlan(name, `faults[${index}] (${kind}) ${why}`);
}

function parseFault(fault: unknown, index: number, name: string): FaultSpec {
  const where = `faults[${index}]`;
  const given = isJsonObject(fault) ? fault['kind'] : undefined;
  const kind = typeof given === 'string' ? faultKind(given) : undefined;
  if (kind === undefined) {
    const known = FAULT_KINDS.map((one) => one.kind).join(', ');
    const was = given === undefined ? 'is missing' : `is ${JSON.stringify(given)}`;
    throw badPlan(name, `${where}.kind ${was}; it is one of ${known}`);
  }
  const read = kind.schema.safeParse(fault);
  if (!read.success) throw badPlan(name, `${issueText(read.error, where)} (a ${kind.kind} ${kind.about})`);
  return read.data;
}

/** The first thing that is wrong, with the path of its field. */
function issueText(error: z.ZodError, where: string): string {
  const [issue] = error.issues;
  if (issue === undefined) return `${where} is wrong`;
  const path = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const field = `${where}${path}`.replace(/^\./u, '');
  return `${field === '' ? 'it' : field}: ${issue.message}`;
}

function badPlan(name: string, why: string, cause?: unknown): BtError {
  return new BtError(
    'BAD_FAULTS',
    `The faults of ${name} cannot be used: ${why}. Correct it, or give --faults a seed.`,
    {
      fault: 'config',
      ...(cause === undefined ? {} : { cause }),
    },
  );
}
