import { Upload } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { documentOf } from '../documents/document-source.ts';
import type { EditedDocument } from '../documents/use-document.ts';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { documentFrom, organisationIn } from './organisation-document.ts';
import { organisationFile } from './organisation-file.ts';
import { useOrganisationShapes } from './organisation-shape.ts';
import { OrganisationTables } from './organisation-tables.tsx';
import { SetupDocument } from './setup-document.tsx';

const source = documentOf({ get: 'GET /organisation', put: 'PUT /organisation', documentIn: (organisation) => organisation });

const columnWords = { name: 'person', code: 'code', team: 'team', manager: 'leads', login: 'login', since: 'since' } as const;

/** People from a CSV file into the draft, to be checked before it is saved. */
const FileCard = ({ edited }: { readonly edited: EditedDocument }) => {
  const t = useTranslations('setup.organisation');
  const [result, setResult] = useState<ReturnType<typeof organisationFile>>();
  const read = async (files: FileList | null): Promise<void> => {
    const [file] = [...(files ?? [])];
    if (file === undefined) return;
    const found = organisationFile(await file.text(), organisationIn(edited.candidate));
    setResult(found);
    if ('organisation' in found) edited.edit(documentFrom(found.organisation));
  };
  return (
    <Card title={t('file')} under={t('fileHint')}>
      <div>
        <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={(files) => void read(files)}>
          <Button>
            <Upload size={16} aria-hidden="true" />
            {t('file')}
          </Button>
        </FileTrigger>
      </div>
      {result === undefined ? null : (
        <p role="status">
          {'fault' in result
            ? t('fileFaulty', { row: result.fault.row, what: t(columnWords[result.fault.column]) })
            : result.people === 0
              ? t('fileEmpty')
              : t('fileRead', { count: result.people })}
        </p>
      )}
    </Card>
  );
};

/** Teams, managers and reps, each with their memberships from a day. */
export const OrganisationScreen = () => {
  const t = useTranslations('setup.steps.organisation');
  const shapes = useOrganisationShapes();
  return (
    <SetupDocument
      title={t('title')}
      why={t('why')}
      source={source}
      shape={(candidate) => shapes(organisationIn(candidate)).whole}
      editor={(edited) => (
        <>
          <OrganisationTables edited={edited} />
          <FileCard edited={edited} />
        </>
      )}
    />
  );
};
