import * as z from 'zod';
import { HttpProblem } from '../../net/http/problem.ts';
import type { PageCommand } from '../wire.ts';

const reason = z.string().trim().max(500);
/** How a person calls an order. */
const id = z.string().trim().min(1).max(64);
const yes = z.literal('yes').optional();

/** What a page may ask for, as the control socket takes it. Whoever carries it out checks it again. */
const COMMANDS = {
  kill: z.strictObject({ reason: reason.optional(), cancel: yes, flatten: yes }),
  pause: z.strictObject({ reason: reason.optional() }),
  resume: z.strictObject({ reason: reason.min(1) }),
  resolve: z.strictObject({
    id,
    as: id.optional(),
    filled: z
      .string()
      .regex(/^\d{1,12}$/u)
      .optional(),
    price: z
      .string()
      .regex(/^\d{1,8}(?:\.\d{1,6})?$/u)
      .optional(),
    notPlaced: yes,
  }),
  adopt: z.strictObject({ id }),
  cancel: z.strictObject({ id }),
} as const;

const Asked = z.strictObject({
  instance: z.string().min(1).max(200),
  command: z.enum(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]),
  values: z.record(z.string(), z.string()),
});

/** Reads the body of a command. Throws 400 for what is none. */
export function readCommand(body: unknown): PageCommand {
  const asked = Asked.safeParse(body);
  if (!asked.success) throw refused(asked.error);
  const { instance, command } = asked.data;
  const given = COMMANDS[command].safeParse(asked.data.values);
  if (!given.success) throw refused(given.error);
  const values = Object.fromEntries(
    Object.entries(given.data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  return { instance, command, values };
}

function refused(error: z.ZodError): HttpProblem {
  const told = error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  return new HttpProblem(400, 'BAD_COMMAND', `The command cannot be read: ${told.join('; ')}. Load the page again.`);
}
