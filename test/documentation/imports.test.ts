import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leadRow, opportunityRow } from '@meilenstein/contracts';
import { expect, it } from 'vitest';
import * as z from 'zod';

it('every example row in docs/imports.md is accepted by an import', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/imports.md'), 'utf8');
  const rows = [...page.matchAll(/```json\n([^`]*)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
  const kinds = rows.map((row) => z.union([leadRow, opportunityRow]).parse(JSON.parse(row)).kind);
  expect(kinds).toEqual(['lead', 'opportunity', 'evidence', 'order']);
});
