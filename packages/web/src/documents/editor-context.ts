import { createContext, use } from 'react';
import { isWithin, type Position } from './edit-document.ts';

/** What was refused, and where; what belongs to no part of the document stands above the editor. */
export type RefusedPart = { readonly position: Position; readonly text: string };

export const RefusedPartContext = createContext<RefusedPart | undefined>(undefined);

/** The sentence of the refusal if it is about this field or something in it. */
export const useRefusalAt = (position: Position): string | undefined => {
  const refused = use(RefusedPartContext);
  return refused !== undefined && refused.position.length > 0 && isWithin(refused.position, position) ? refused.text : undefined;
};

/** The sentence of a refusal of the list or group as such: of its own position, not of what is in it. */
export const useRefusalOf = (position: Position): string | undefined => {
  const refused = use(RefusedPartContext);
  return refused !== undefined && refused.position.length === position.length && isWithin(refused.position, position)
    ? refused.text
    : undefined;
};
