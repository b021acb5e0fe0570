import { type Gender, isApiError, type Me, type Profile } from '@app/api-client';
import { useUser } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { SelectField, TextArea, TextField } from '../../design/field';
import { notify } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { fieldFaults } from '../../language/error-text';
import { useTexts } from '../../language/use-texts';
import { focusFirstFault } from '../auth/focus-first-fault';
import { FormError } from '../auth/form-error';
import { useGenderChoices } from '../people/gender';
import { PhotoManager } from '../photos/photo-manager';
import { DetailsFields } from './details-fields';
import { InterestsField } from './interests-field';

const longestBio = 500;

export function EditProfilePage() {
  const t = useTexts('profile');
  const { user, profile, error } = useUser();
  const retry = useRetry('users.me', 'profiles.profile');
  return (
    <Page title={t('edit')} back={<BackLink to="/profile" label={t('backToProfile')} />}>
      {user && profile ? (
        <EditForm user={user} profile={profile} />
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <Loading className="grid gap-5">
          <Skeleton className="h-64 rounded-3xl!" />
          <Skeleton className="h-48 rounded-3xl!" />
        </Loading>
      )}
    </Page>
  );
}

function EditForm({ user, profile }: { user: Me; profile: Profile }) {
  const t = useTexts('profile');
  const photos = useTexts('photos');
  const words = useTexts('words');
  const genderChoices = useGenderChoices();
  const { updateMe, updateProfile } = useUser();
  const navigate = useNavigate();
  const [bio, setBio] = useState(profile.bio);
  const [city, setCity] = useState(profile.city ?? '');
  const [interests, setInterests] = useState<readonly string[]>(profile.interests);
  const [details, setDetails] = useState(profile.details);
  const [displayName, setName] = useState(user.displayName);
  const [birthDate, setBirthDate] = useState(user.birthDate);
  const [gender, setGender] = useState<Gender>(user.gender);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setFaults({});
    setError(null);
    setSaving(true);
    try {
      const changesAccount = displayName.trim() !== user.displayName || birthDate !== user.birthDate || gender !== user.gender;
      if (changesAccount) await updateMe({ displayName, birthDate, gender });
      await updateProfile({ bio, city: city.trim() || null, interests: [...interests], details });
      notify({ tone: 'good', title: t('saved') });
      await navigate({ to: '/profile' });
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) {
        setFaults(fieldFaults(cause));
        focusFirstFault(form.current);
      } else {
        setError(cause);
      }
    } finally {
      setSaving(false);
    }
  }

  return (
    <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
      <Card title={photos('title')}>
        <PhotoManager />
      </Card>
      <Card title={t('othersSee')}>
        <div className="grid gap-5 pt-1 pb-2">
          <TextArea
            label={t('bio')}
            maxLength={longestBio}
            rows={4}
            placeholder={t('bioPlaceholder')}
            hint={t('left', { count: longestBio - bio.length })}
            value={bio}
            error={faults.bio}
            onChange={({ target }) => setBio(target.value)}
          />
          <TextField
            label={t('city')}
            autoComplete="address-level2"
            maxLength={80}
            hint={t('cityHint')}
            value={city}
            error={faults.city}
            onChange={({ target }) => setCity(target.value)}
          />
          <InterestsField value={interests} onValue={setInterests} />
        </div>
      </Card>
      <Card title={t('details.title')}>
        <DetailsFields value={details} faults={faults} onChange={(change) => setDetails((now) => ({ ...now, ...change }))} />
      </Card>
      <Card title={t('aboutYou')}>
        <div className="grid gap-5 pt-1 pb-2">
          <TextField
            label={t('name')}
            autoComplete="given-name"
            maxLength={50}
            value={displayName}
            error={faults.displayName}
            onChange={({ target }) => setName(target.value)}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField
              label={t('birthDate')}
              type="date"
              autoComplete="bday"
              value={birthDate}
              error={faults.birthDate}
              onChange={({ target }) => setBirthDate(target.value)}
            />
            <SelectField<Gender> label={t('gender')} choices={genderChoices} value={gender} error={faults.gender} onValue={setGender} />
          </div>
        </div>
      </Card>
      <FormError error={error} />
      <div className="flex gap-3 max-sm:[&>*]:grow">
        <Button type="submit" size="lg" pending={saving}>
          {words('save')}
        </Button>
        <Button variant="plain" size="lg" onClick={() => void navigate({ to: '/profile' })}>
          {words('cancel')}
        </Button>
      </div>
    </form>
  );
}
