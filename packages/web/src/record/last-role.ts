/** The role at the customer that was chosen last for an account, while this tab is open. */
const chosen = new Map<string, string>();

export const lastRole = (accountId: string): string | undefined => chosen.get(accountId);

export const rememberRole = (accountId: string, role: string): void => {
  chosen.set(accountId, role);
};
