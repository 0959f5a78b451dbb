/** The id of the plan of a fiscal year: `FY2026/27` is `plan-fy2026-27`. */
export const planOfYear = ({ label }: { readonly label: string }): string => `plan-${label.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
