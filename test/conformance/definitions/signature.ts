import type { ApiEntry, Parameter } from '../../../runtime/api/define-api.ts';
import { ANY_PHASE, RUNNING } from '../../../runtime/api/define-api.ts';
import { pyRepr } from '../../../runtime/text/python-text.ts';

/**
 * A definition as one line: `name(a, b=1, *c=None?) while running`. `*` = by name only, `?` = takes None. Everything that a call depends on is in it:
 * names, order, defaults, what goes by name only, what may be None, and when it may be called.
 */
export function signatureOf({ name, args, parameters, phases }: ApiEntry): string {
  const parts = args.map((arg) => {
    const parameter = parameters[arg];
    if (parameter === undefined) throw new Error(`${name} has no parameter ${arg}`);
    return `${parameter.keywordOnly ? '*' : ''}${parameterText(arg, parameter)}`;
  });
  return `${name}(${parts.join(', ')})${phasesText(phases)}`;
}

function parameterText(arg: string, parameter: Parameter): string {
  const fallback = parameter.fallback === null ? '' : `=${valueText(parameter.fallback.value)}`;
  return `${arg}${fallback}${takesNone(parameter) ? '?' : ''}`;
}

/** A style is an object of ours; the rest looks as in Python. */
function valueText(value: unknown): string {
  const isStyle = typeof value === 'object' && value !== null && 'kind' in value;
  return isStyle ? String(value.kind) : pyRepr(value);
}

function takesNone(parameter: Parameter): boolean {
  try {
    parameter.read(null, 'test');
    return true;
  } catch {
    return false;
  }
}

function phasesText(phases: ApiEntry['phases']): string {
  if (phases === ANY_PHASE) return '';
  return phases === RUNNING ? ' while running' : ` in ${phases.join(', ')}`;
}
