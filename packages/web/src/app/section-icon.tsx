import {
  Building2,
  CalendarCheck2,
  ChartNoAxesCombined,
  CircleUser,
  FileSpreadsheet,
  Inbox,
  Milestone,
  Settings2,
  SlidersHorizontal,
  Target,
  TriangleAlert,
  UsersRound,
  Webhook,
  type LucideIcon,
} from 'lucide-react';
import type { SectionId } from './sections.ts';

const icons: Readonly<Record<SectionId, LucideIcon>> = {
  today: CalendarCheck2,
  leads: Inbox,
  opportunities: Milestone,
  accounts: Building2,
  forecast: ChartNoAxesCombined,
  targets: Target,
  leaks: TriangleAlert,
  team: UsersRound,
  sources: Webhook,
  reports: FileSpreadsheet,
  rules: SlidersHorizontal,
  setup: Settings2,
  account: CircleUser,
};

export const SectionIcon = ({ of, size = 18 }: { readonly of: SectionId; readonly size?: number }) => {
  const Icon = icons[of];
  return <Icon size={size} strokeWidth={1.8} aria-hidden="true" />;
};
