/** What JavaScript says of a line that is written as in Python, and what to write. The first that fits counts. */
const IDIOMS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:undefined|null|\(void 0\)) is not iterable|^Cannot destructure/u,
    'there is nothing to take apart or to go over: a key that is not in the dict (Python: KeyError), or a function that returns nothing; look at what stands right of `=` or `of`',
  ],
  [/^(?:number )?-?\d+ is not iterable/u, 'Python cannot go over a number either: write range(n)'],
  [
    /is not iterable$/u,
    "there is nothing (a key that is not in the dict, where Python raises KeyError; a function that returns nothing), or it is a dict, which is an object here: go over Object.keys(d), Object.entries(d) for Python's d.items(), or range(n) of a number",
  ],
  [/^Spread syntax requires/u, 'what stands behind `...` is no list: of a dict write Object.keys(d) or { ...d }'],
  [
    /\.weekday is not a function$/u,
    "weekday of a time is a number here, Monday 1: write t.isoweekday() - 1 for Python's t.weekday()",
  ],
  [/\.(?:items|iteritems) is not a function$/u, 'a dict is an object here: write Object.entries(d)'],
  [/\.keys is not a function$/u, 'a dict is an object here: write Object.keys(d)'],
  [/\.values is not a function$/u, 'a dict is an object here: write Object.values(d)'],
  [/\.(?:get|setdefault) is not a function$/u, 'a dict is an object here: write d[key] ?? other'],
  [/\.(?:has_key|__contains__) is not a function$/u, 'write has(d, key), or key in d'],
  [
    /^Cannot (?:read|set) properties of (?:undefined|null)/u,
    'what stands before it is not there: a key that is not in the dict or a place behind the end of the list, where Python raises KeyError or IndexError; ask has(d, key) or len(list) first',
  ],
  [/^Assignment to constant variable/u, 'names that are given a second value are declared with let'],
];

/** `; ` and what to write instead of the idiom of Python that is meant; empty when none is known. */
export function idiomHint(message: string): string {
  const found = IDIOMS.find(([said]) => said.test(message));
  return found === undefined ? '' : `; ${found[1]}.`;
}
