import type { EndpointOutput } from '@app/api-client';
import { Badge, type BadgeTone } from '../../design/badge';
import { useTexts } from '../../language/use-texts';

type Priority = EndpointOutput<'admin.report'>['priority'];

const tones: Readonly<Record<Priority, BadgeTone>> = { urgent: 'bad', high: 'warm', normal: 'plain', low: 'plain' };

export function PriorityBadge({ priority }: { priority: Priority }) {
  const t = useTexts('admin');
  return <Badge tone={tones[priority]}>{t(`reports.priority.${priority}`)}</Badge>;
}
