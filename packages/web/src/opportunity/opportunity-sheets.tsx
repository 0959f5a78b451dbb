import type { Process } from '../record/record-sheet.tsx';
import { RecordSheet } from '../record/record-sheet.tsx';
import { AmendSheet } from './amend-sheet.tsx';
import { CancelSheet } from './cancel-sheet.tsx';
import { CorrectEvidenceSheet } from './correct-evidence-sheet.tsx';
import { CorrectOrderSheet } from './correct-order-sheet.tsx';
import type { EvidenceEntry } from './evidence.tsx';
import { LoseSheet } from './lose-sheet.tsx';
import { ReopenSheet } from './reopen-sheet.tsx';
import { RespondSheet } from './respond-sheet.tsx';
import type { Milestone, SheetProps } from './sheet-props.ts';
import { WithdrawSheet } from './withdraw-sheet.tsx';

/** The sheet that is open. */
export type OpenSheet =
  | { readonly kind: 'record' | 'respond' | 'amend' | 'lose' | 'cancel' | 'correct-order' | 'reopen' }
  | { readonly kind: 'correct'; readonly recorded: Milestone }
  | { readonly kind: 'withdraw'; readonly entry: EvidenceEntry; readonly what: string };

type OpportunitySheetsProps = SheetProps & {
  readonly open: OpenSheet;
  readonly process: Process;
  /** the milestone that the address names */
  readonly milestoneId: string | undefined;
};

/** One question about an opportunity. Sheets of what is open close by themselves once it is not, and the other way round. */
export const OpportunitySheets = ({ open, process, milestoneId, ...about }: OpportunitySheetsProps) => {
  const { status, order } = about.opportunity;
  switch (open.kind) {
    case 'record':
      return status === 'open' ? <RecordSheet {...about} process={process} milestoneId={milestoneId} /> : null;
    case 'respond':
      return status === 'open' ? <RespondSheet {...about} /> : null;
    case 'amend':
      return <AmendSheet {...about} />;
    case 'lose':
      return <LoseSheet {...about} />;
    case 'cancel':
      return order === null ? null : <CancelSheet {...about} order={order} />;
    case 'correct-order':
      return order === null ? null : <CorrectOrderSheet {...about} order={order} />;
    case 'reopen':
      return <ReopenSheet {...about} />;
    case 'correct':
      return <CorrectEvidenceSheet {...about} recorded={open.recorded} process={process} />;
    case 'withdraw':
      return <WithdrawSheet {...about} entry={open.entry} what={open.what} milestoneIds={process.milestones.map(({ id }) => id)} />;
  }
};
