import * as z from 'zod';

/** One name of the configuration: its schema, and what to write when the value does not fit. */
export interface Field<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly want: string;
}

/** The names of one object. */
export type Fields = Readonly<Record<string, Field>>;

export function field<S extends z.ZodType>(schema: S, want: string): Field<S> {
  return { schema, want };
}

/** The schema of an object that has these names and no others. */
export function objectOf<F extends Fields>(fields: F) {
  // By the same table.
  const shape = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])) as {
    [K in keyof F]: F[K]['schema'];
  };
  return z.strictObject(shape);
}

/** CNY. */
export const money = z.number().finite().positive();

export const flag = z.boolean();
