/** What is English in every language: commands with their options, quotes, paths, names with signs in them. */
const NAMES: readonly RegExp[] = [
  /"[^"]*"|'[^']*'/gu,
  /\bbt(?: [a-z]+)*(?: +(?:--?[\w-]+|\[[^\]]*\]|<[^>]*>|\||\S*[^a-z\s]\S*))*/gu,
  /--[\w-]+(?: \S+)?/gu,
  /\S*[\w]+[./_\\:=(-]+[\w]\S*/gu,
];

/** Lines of a text in which three English words stand in a row, and what the words are no name of. */
export function englishIn(text: string): string[] {
  return text.split('\n').filter((line) => {
    const rest = NAMES.reduce((left, names) => left.replaceAll(names, ' · '), line);
    return /[A-Za-z]*[a-z]{2,},? [a-z]{2,},? [a-z]{2,}/u.test(rest);
  });
}
