export * from './canonical-text.ts';
export * from './decision.ts';
export * from './fiscal-calendar.ts';
export * from './identity.ts';
export * from './instant.ts';
export * from './largest-remainder.ts';
export * from './money.ts';
export * from './working-time.ts';
