import type { EndpointOutput } from '@app/api-client';
import { Badge, type BadgeTone } from '../../design/badge';
import { useTexts } from '../../language/use-texts';

type Status = EndpointOutput<'admin.user'>['status'];

const tones: Readonly<Record<Status, BadgeTone>> = { active: 'good', suspended: 'warm', banned: 'bad', deleted: 'plain' };

export function StatusBadge({ status }: { status: Status }) {
  const t = useTexts('admin');
  return <Badge tone={tones[status]}>{t(`users.statuses.${status}`)}</Badge>;
}
