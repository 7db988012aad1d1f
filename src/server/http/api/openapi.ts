import * as z from 'zod';
import type { ApiRoute } from './route.ts';
import { NAMED, ProblemRow } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1 of the routes, made from the schemas that check requests and describe answers. */
export function openApi(routes: readonly ApiRoute[], root: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of routes) (paths[`${root}${one.path}`] ??= {})[one.method.toLowerCase()] = operation(one);
  return {
    openapi: '3.1.0',
    info: {
      title: 'bt server',
      version: '1',
      description: 'Prices in CNY, amounts in shares, times of Shanghai. null = not told.',
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: namedSchemas(),
    },
  };
}

export function openApiText(routes: readonly ApiRoute[], root: string): string {
  return JSON.stringify(openApi(routes, root));
}

/** What one route takes from where. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Json;
  readonly description?: string;
}

export function parametersOf(one: ApiRoute): Parameter[] {
  const inPath = [...one.path.matchAll(/\{(\w+)\}/gu)].map(([, name = '']): Parameter => {
    return { name, in: 'path', required: true, schema: { type: 'string' } };
  });
  const { properties = {}, required = [] } = jsonSchema(one.query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(([name, { description, ...schema }]): Parameter => {
    const told = typeof description === 'string' ? { description } : {};
    return { name, in: 'query', required: required.includes(name), schema, ...told };
  });
  const key: Parameter = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', maxLength: 256 },
    description: 'The same for each attempt at one order, and of no other',
  };
  return [...inPath, ...inQuery, ...(one.needsKey ? [key] : [])];
}

function operation(one: ApiRoute): Json {
  const parameters = parametersOf(one);
  const shown = one.shownBody ?? one.body;
  const body =
    shown === null
      ? {}
      : {
          requestBody: {
            required: shown !== one.body || one.needsKey,
            content: { 'application/json': { schema: schemaOf(shown) } },
          },
        };
  const content =
    one.answer === null
      ? { 'text/event-stream': { schema: { type: 'string' } } }
      : { 'application/json': { schema: schemaOf(one.answer, 'output') } };
  return {
    operationId: one.id,
    summary: one.summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...body,
    responses: {
      [one.status]: { description: one.answer === null ? 'A stream' : 'The answer', content },
      default: {
        description: 'A failure',
        content: { 'application/problem+json': { schema: schemaOf(ProblemRow, 'output') } },
      },
    },
  };
}

const URI = (id: string): string => `#/components/schemas/${id}`;

function namedSchemas(): Json {
  const { schemas } = z.toJSONSchema(NAMED, { uri: URI, io: 'input' });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** A named schema by its name; the named ones in another one too. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const named = NAMED.get(schema);
  if (named !== undefined) return { $ref: URI(named.id) };
  if (schema instanceof z.ZodObject) {
    const members = Object.entries(schema.shape);
    const [first, ...others] = members;
    if (first !== undefined && others.length === 0 && first[1] instanceof z.ZodArray)
      return listSchema(first[0], first[1], io);
  }
  return jsonSchema(schema, io);
}

/** `{ orders: [ … ] }` */
function listSchema(name: string, list: z.ZodArray, io: 'input' | 'output'): Json {
  const items = schemaOf(list.element as z.ZodType, io);
  return { type: 'object', properties: { [name]: { type: 'array', items } }, required: [name] };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  return bare(z.toJSONSchema(schema, { io }));
}

/** Without what only a schema that stands alone needs. */
function bare(schema: object): Json {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id' && key !== '~standard'),
  );
}
