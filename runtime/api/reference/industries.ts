import { textsOf } from '../../../src/domain/data/table.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { speakOnce } from '../../objects/speak.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { optional, required } from '../arguments.ts';
import { OPTIONAL_DAY, today } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { oneOf, readSecurityList, readText } from '../readers.ts';
import { codesOf } from './indices.ts';

const CLASSIFICATIONS = ['sw_l1', 'sw_l2', 'sw_l3', 'jq_l1', 'jq_l2', 'zjw'] as const;
type Classification = (typeof CLASSIFICATIONS)[number];
type ListColumn = 'name' | 'start_date';

export interface GetIndustries {
  (options: { readonly name?: Classification; readonly date?: TimeLike | null }): DataFrame<ListColumn>;
  (name?: Classification, date?: TimeLike | null): DataFrame<ListColumn>;
}

/** The classes of a classification; rows are their codes. */
export const get_industries: GetIndustries = defineApi(
  {
    name: 'get_industries',
    phases: ANY_PHASE,
    args: { name: optional(oneOf(CLASSIFICATIONS), 'zjw'), date: OPTIONAL_DAY },
  },
  ({ name, date }) => {
    const table = currentHost().data({ dataset: 'industries', params: { classification: name, day: date } });
    return frameOfTable<ListColumn>(table, { days: 'timestamp', index: 'code' });
  },
);

export interface GetIndustryStocks {
  (options: { readonly industry_code: string; readonly date?: TimeLike | null }): string[];
  (industry_code: string, date?: TimeLike | null): string[];
}

/** Codes of the stocks of an industry on a day. */
export const get_industry_stocks: GetIndustryStocks = defineApi(
  { name: 'get_industry_stocks', phases: ANY_PHASE, args: { industry_code: required(readText), date: OPTIONAL_DAY } },
  ({ industry_code: industry, date }) => {
    const day = date ?? today();
    const codes = codesOf(currentHost().data({ dataset: 'industry_members', params: { industry, day } }));
    if (codes.length === 0) tellEmpty(industry, day);
    return codes;
  },
);

/** It may be meant: said once, because a strategy that trades nothing does not say why. */
function tellEmpty(industry: string, day: string): void {
  speakOnce(
    `industry ${industry}`,
    'system',
    'warning',
    `get_industry_stocks('${industry}'): no stock is of it on ${day}. A class of an older classification has ended; get_industries() lists those of now.`,
  );
}

interface IndustryName {
  readonly industry_code: string;
  readonly industry_name: string;
}
/** The classes of a security; what it is not classified in is absent. */
export type IndustriesOf = Readonly<Partial<Record<Classification, IndustryName>>>;

export interface GetIndustry {
  (options: { readonly security: string | Iterable<string>; readonly date?: TimeLike | null }): Dict<IndustriesOf>;
  (security: string | Iterable<string>, date?: TimeLike | null): Dict<IndustriesOf>;
}

/** The classes of securities on a day, by code: `get_industry(code)[code].sw_l1.industry_name`. */
export const get_industry: GetIndustry = defineApi(
  { name: 'get_industry', phases: ANY_PHASE, args: { security: required(readSecurityList), date: OPTIONAL_DAY } },
  ({ security: securities, date }) => {
    const params = { securities, day: date ?? today() };
    const found = new Map<string, Record<string, IndustryName>>(securities.map((code) => [code, {}]));
    const table = currentHost().data({ dataset: 'industries_of', params });
    for (const [code, classification, industry_code, industry_name] of rowsOf(table, INDUSTRY_COLUMNS)) {
      const classes = found.get(code);
      if (classes !== undefined) classes[classification] = { industry_code, industry_name };
    }
    return createDict(found, 'get_industry()');
  },
);

const INDUSTRY_COLUMNS = ['code', 'classification', 'industry_code', 'industry_name'] as const;
const CONCEPT_COLUMNS = ['code', 'concept_code', 'concept_name'] as const;

/** Rows of text columns; a missing text is empty. */
function rowsOf<const N extends readonly string[]>(table: DataTable, names: N): { readonly [K in keyof N]: string }[] {
  const columns = names.map((name) => textsOf(table, name));
  return Array.from(
    { length: table.rows },
    (_, row) => columns.map((column) => column[row] ?? '') as { readonly [K in keyof N]: string }, // one for each name
  );
}

/** All concepts; rows are their codes. */
export const get_concepts: () => DataFrame<ListColumn> = defineApi(
  { name: 'get_concepts', phases: ANY_PHASE, args: {} },
  () => {
    const table = currentHost().data({ dataset: 'concepts', params: {} });
    return frameOfTable<ListColumn>(table, { days: 'timestamp', index: 'code' });
  },
);

export interface GetConceptStocks {
  (options: { readonly concept_code: string; readonly date?: TimeLike | null }): string[];
  (concept_code: string, date?: TimeLike | null): string[];
}

/** Codes of the stocks of a concept on a day. */
export const get_concept_stocks: GetConceptStocks = defineApi(
  { name: 'get_concept_stocks', phases: ANY_PHASE, args: { concept_code: required(readText), date: OPTIONAL_DAY } },
  ({ concept_code: concept, date }) =>
    codesOf(currentHost().data({ dataset: 'concept_members', params: { concept, day: date ?? today() } })),
);

interface ConceptName {
  readonly concept_code: string;
  readonly concept_name: string;
}
export interface ConceptsOf {
  readonly jq_concept: readonly ConceptName[];
}

export interface GetConcept {
  (options: { readonly security: string | Iterable<string>; readonly date?: TimeLike | null }): Dict<ConceptsOf>;
  (security: string | Iterable<string>, date?: TimeLike | null): Dict<ConceptsOf>;
}

/** The concepts of securities on a day, by code: `get_concept(code)[code].jq_concept[0].concept_name`. */
export const get_concept: GetConcept = defineApi(
  { name: 'get_concept', phases: ANY_PHASE, args: { security: required(readSecurityList), date: OPTIONAL_DAY } },
  ({ security: securities, date }) => {
    const params = { securities, day: date ?? today() };
    const found = new Map(securities.map((code) => [code, { jq_concept: [] as ConceptName[] }]));
    for (const [code, concept_code, concept_name] of rowsOf(
      currentHost().data({ dataset: 'concepts_of', params }),
      CONCEPT_COLUMNS,
    ))
      found.get(code)?.jq_concept.push({ concept_code, concept_name });
    return createDict(found, 'get_concept()');
  },
);
