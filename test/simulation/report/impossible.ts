/** Why a cell of the coverage table can only be empty; null = it can be filled. */
export function emptyReason(_kind: string, _column: string): string | null {
  return null;
}
