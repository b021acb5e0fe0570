import type { Gender } from '@app/api-client';
import type { Choice } from '../../design/field';

export const genderChoices: readonly Choice<Gender>[] = [
  { value: 'female', label: 'Woman' },
  { value: 'male', label: 'Man' },
  { value: 'other', label: 'Other' },
];

export const genderPlurals: readonly Choice<Gender>[] = [
  { value: 'female', label: 'Women' },
  { value: 'male', label: 'Men' },
  { value: 'other', label: 'Others' },
];
