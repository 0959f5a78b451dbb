import type { views as german } from '../de/views.ts';

export const views: typeof german = {
  label: 'Views',
  shown: 'View “{name}”',
  shownChanged: 'View “{name}”, not saved',
  shared: '{name} · {team}',
  unsaved: 'Not saved',
  back: 'Discard changes',
  save: 'Save “{name}”',
  saveAsNew: 'Save as a new view …',
  remove: 'Delete “{name}”',
  newTitle: 'New view',
  name: 'Name',
  nameHint: 'The filter and the order are saved, not the list.',
  nameMissing: 'Give the view a name.',
  sharing: 'Who sees it',
  onlyMe: 'Only me',
  withTeam: 'Team {team}',
  submit: 'Save',
};
