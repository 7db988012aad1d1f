/** Whether a display name says that a stock is under special treatment: `ST…`, `*ST…`, `SST…`. */
export function saysSpecialTreatment(name: string): boolean {
  return name.includes('ST');
}
