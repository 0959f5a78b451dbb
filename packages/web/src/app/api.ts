import { createContext, use } from 'react';
import type { Send } from '../api/send.ts';

export const SendContext = createContext<Send | undefined>(undefined);

/** The function that calls the API for whoever is signed in. */
export const useSend = (): Send => {
  const send = use(SendContext);
  if (send === undefined) throw new Error('useSend is called outside of SendContext');
  return send;
};
