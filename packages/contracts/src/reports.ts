import * as z from 'zod';
import { CallStateSchema, CallType } from './calls';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { FileKey, Media, MediaLink } from './media';
import { maxTextLength } from './messages';
import { Gender, Person } from './people';
import { Photo } from './photos';
import { Id, page, pageFields, Timestamp } from './primitives';
import { sampleIds, samplePeople } from './samples';

/** From what is looked at first to what can wait. */
export const reportPriorities = ['urgent', 'high', 'normal', 'low'] as const;

export const ReportPriority = z
  .enum(reportPriorities)
  .meta({ id: 'ReportPriority', description: 'How soon a report is to be looked at.', examples: ['high'] });
export type ReportPriority = z.infer<typeof ReportPriority>;

/** What people report each other for, and how soon each is looked at. */
export const reportCategories = {
  underage: 'urgent',
  threats: 'urgent',
  harassment: 'high',
  hate: 'high',
  nudity: 'high',
  scam: 'high',
  fake_profile: 'normal',
  offline_behaviour: 'high',
  spam: 'low',
  other: 'normal',
} as const satisfies Readonly<Record<string, ReportPriority>>;

const categoryNames = Object.keys(reportCategories) as [keyof typeof reportCategories, ...(keyof typeof reportCategories)[]];

export const ReportCategory = z.enum(categoryNames).meta({
  id: 'ReportCategory',
  description: 'What someone is reported for. `underage`: younger than may be here; `offline_behaviour`: what they did when you met.',
  examples: ['harassment'],
});
export type ReportCategory = z.infer<typeof ReportCategory>;

/** So many people with an open report about the same person each raise its priority by one step. */
export const reportersThatRaise = [3, 6, 10] as const;

/** How soon a report is looked at: by what it is about, and by how many people have an open report about the same person. */
export function reportPriority(category: ReportCategory, reporters: number): ReportPriority {
  const base = reportPriorities.indexOf(reportCategories[category]);
  const steps = reportersThatRaise.filter((many) => reporters >= many).length;
  return reportPriorities[Math.max(0, base - steps)] ?? 'urgent';
}

export const ReportStatus = z.enum(['open', 'in_review', 'resolved']).meta({
  id: 'ReportStatus',
  description: '`in_review`: a moderator has taken it.',
  examples: ['open'],
});
export type ReportStatus = z.infer<typeof ReportStatus>;

export const ReportOutcome = z.enum(['dismissed', 'warned', 'suspended', 'banned', 'content_removed']).meta({
  id: 'ReportOutcome',
  description: 'What a moderator decided. `content_removed`: what was reported was taken away, and no more.',
  examples: ['warned'],
});
export type ReportOutcome = z.infer<typeof ReportOutcome>;

export const ReportVerdict = z.enum(['acted', 'dismissed']).meta({
  id: 'ReportVerdict',
  description: 'What the person who reported hears of the outcome. What was done stays between the platform and the other one.',
  examples: ['acted'],
});
export type ReportVerdict = z.infer<typeof ReportVerdict>;

/** Most photos that one report may bring as evidence. */
export const maxEvidencePhotos = 9;
/** Most messages that one report may bring as evidence. */
export const maxEvidenceMessages = 30;
/** This many messages before and after each one are kept with it, so that it is not read out of its context. */
export const evidenceContext = 5;

const ReportId = Id.meta({ examples: [sampleIds.report] });
const MessageId = Id.meta({ examples: [sampleIds.message] });
const reportedAt = Timestamp.meta({ examples: ['2026-01-15T11:00:00.000Z'] });
const resolvedAt = Timestamp.meta({ examples: ['2026-01-15T11:20:00.000Z'] });
const ReportText = z.string().meta({ description: "In the reporter's words; may be empty.", examples: ['He goes on after I said no.'] });

/** A report as the person who made it sees it. */
export const OwnReport = z
  .object({
    id: ReportId,
    userId: Id.meta({ description: 'Whom it is about.' }),
    displayName: z.string().meta({ description: 'Their name when they were reported.', examples: [samplePeople.ben.displayName] }),
    person: Person.nullable().meta({ description: 'Them as you see them now; null where they are gone for you.' }),
    category: ReportCategory,
    text: ReportText,
    status: ReportStatus,
    verdict: ReportVerdict.nullable().meta({ description: 'Null until it is resolved.', examples: [null] }),
    createdAt: reportedAt,
    resolvedAt: Timestamp.nullable().meta({ description: 'Null until it is resolved.', examples: [null] }),
  })
  .meta({ id: 'OwnReport', description: 'A report that you made.' });
export interface OwnReport extends z.infer<typeof OwnReport> {}

/** Someone by their name, for those who keep people safe. */
export const NamedUser = z
  .object({
    id: Id.meta({ examples: [sampleIds.ben] }),
    displayName: z
      .string()
      .nullable()
      .meta({ description: 'Null where the account was erased.', examples: [samplePeople.ben.displayName] }),
  })
  .meta({ id: 'NamedUser', description: 'Someone by their name.' });
export interface NamedUser extends z.infer<typeof NamedUser> {}

export const Resolution = z
  .object({
    outcome: ReportOutcome,
    note: z.string().meta({ description: 'For those who look at it later; may be empty.', examples: ['First time, warned.'] }),
    by: NamedUser.nullable().meta({
      description: 'Who decided; null where their account is gone.',
      examples: [{ id: sampleIds.mona, displayName: 'Mona' }],
    }),
    at: resolvedAt,
  })
  .meta({ id: 'Resolution', description: 'How a report was resolved.' });
export interface Resolution extends z.infer<typeof Resolution> {}

const summary = {
  id: ReportId,
  status: ReportStatus,
  category: ReportCategory.meta({ description: 'The most pressing one, where it was reported more than once.' }),
  priority: ReportPriority,
  reported: NamedUser.meta({ description: 'Whom it is about.' }),
  reporter: NamedUser.nullable().meta({
    description: 'Who reported. Never shown to the one it is about. Null where their account is gone.',
    examples: [{ id: sampleIds.ada, displayName: samplePeople.ada.displayName }],
  }),
  text: ReportText,
  reporters: z.int().meta({ description: 'People with an open report about the same person, this one too.', examples: [2] }),
  assignee: NamedUser.nullable().meta({ description: 'The moderator who has taken it.', examples: [null] }),
  createdAt: reportedAt,
  updatedAt: Timestamp.meta({ description: 'When it was last added to, taken or resolved.', examples: ['2026-01-15T11:00:00.000Z'] }),
  resolution: Resolution.nullable().meta({ description: 'Null until it is resolved.', examples: [null] }),
};

/** A report as moderators see it. */
export const Report = z.object(summary).meta({ id: 'Report', description: 'A report, as moderators see it.' });
export interface Report extends z.infer<typeof Report> {}

export const ReportEntry = z
  .object({ category: ReportCategory, text: ReportText, createdAt: reportedAt })
  .meta({ id: 'ReportEntry', description: 'What was said in one go. Reporting again adds to the report that is open.' });
export interface ReportEntry extends z.infer<typeof ReportEntry> {}

export const EvidenceFile = z
  .object({
    media: Media.meta({ description: 'What it is. Of one that was encrypted, what the service has found it to be once it is opened.' }),
    link: MediaLink.pick({ url: true, picture: true, expiresAt: true }).nullable().meta({
      description:
        'Where the copy is, for a while; null while it is being made, which takes a moment after the report, and where it is unreadable.',
    }),
    unreadable: z.boolean().meta({
      description: 'Whether it was encrypted, and what the reporter handed in opens nothing that could be seen or heard.',
      examples: [false],
    }),
  })
  .meta({
    id: 'EvidenceFile',
    description:
      'A file that was sent in a message, copied when that was reported: it stays when its sender deletes the message. Of an encrypted one ' +
      'the service has opened the very bytes that its sender uploaded, with the key that the reporter handed in.',
  });
export interface EvidenceFile extends z.infer<typeof EvidenceFile> {}

const sentFile = EvidenceFile.nullable().meta({
  description:
    'The file that was sent; null where there was none, where it is not kept any more, and where it was encrypted and its key was not handed in.',
  examples: [null],
});

export const EarlierMessage = z
  .object({
    text: z
      .string()
      .nullable()
      .meta({ description: 'Null where a file was sent without words.', examples: ['Answer me, or else!'] }),
    media: sentFile.meta({ description: 'The file that went with it as it was deleted; null where there was none.', examples: [null] }),
    replacedAt: Timestamp.meta({ description: 'When it was changed or deleted.', examples: ['2026-01-15T10:31:20.000Z'] }),
  })
  .meta({ id: 'EarlierMessage', description: 'What a message said or showed before it was changed or deleted.' });
export interface EarlierMessage extends z.infer<typeof EarlierMessage> {}

export const EvidenceMessage = z
  .object({
    messageId: MessageId,
    conversationId: Id.meta({ examples: [sampleIds.conversation] }),
    seq: z.int().meta({ description: 'Its place in the conversation.', examples: [13] }),
    senderId: Id.meta({ examples: [sampleIds.ben] }),
    text: z
      .string()
      .nullable()
      .meta({
        description:
          'As it read when it was reported; null where it was deleted before, where a file was sent without words, and where it was encrypted.',
        examples: ['Answer me!'],
      }),
    media: sentFile,
    encrypted: z
      .boolean()
      .meta({ description: 'Whether it was end-to-end encrypted: then its text is not known here.', examples: [false] }),
    claimed: z
      .string()
      .nullable()
      .meta({
        description:
          'Of an encrypted message what the reporter says that it said: the service cannot verify it. Null of others, and where they did not say.',
        examples: [null],
      }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable().meta({ examples: [null] }),
    earlier: z
      .array(EarlierMessage)
      .meta({ description: 'What it said or showed before, the oldest first, as far as that was still kept.' }),
    chosen: z.boolean().meta({ description: 'Whether the reporter pointed at it; the others are its context.', examples: [true] }),
  })
  .meta({ id: 'EvidenceMessage', description: 'A message, kept as it was when it was reported.' });
export interface EvidenceMessage extends z.infer<typeof EvidenceMessage> {}

export const EvidenceCall = z
  .object({
    callId: Id.meta({ examples: [sampleIds.call] }),
    type: CallType,
    state: CallStateSchema,
    callerId: Id.meta({ examples: [sampleIds.ben] }),
    createdAt: Timestamp.meta({ examples: ['2026-01-15T09:50:00.000Z'] }),
    answeredAt: Timestamp.nullable().meta({ examples: ['2026-01-15T09:50:08.000Z'] }),
    endedAt: Timestamp.nullable().meta({ examples: ['2026-01-15T09:52:40.000Z'] }),
  })
  .meta({ id: 'EvidenceCall', description: 'A call, as it stood when it was reported.' });
export interface EvidenceCall extends z.infer<typeof EvidenceCall> {}

export const EvidenceProfile = z
  .object({
    displayName: z.string().meta({ examples: [samplePeople.ben.displayName] }),
    birthDate: z.string().meta({ description: 'As they say.', examples: ['1994-08-02'] }),
    gender: Gender.meta({ examples: [samplePeople.ben.gender] }),
    city: z
      .string()
      .nullable()
      .meta({ examples: [samplePeople.ben.city] }),
    bio: z.string().meta({ examples: ['Climbs before breakfast, cooks after.'] }),
    takenAt: Timestamp.meta({ description: 'When it read so.', examples: ['2026-01-15T11:00:00.000Z'] }),
  })
  .meta({ id: 'EvidenceProfile', description: 'The profile of the one who is reported, as it read then.' });
export interface EvidenceProfile extends z.infer<typeof EvidenceProfile> {}

export const EvidencePhoto = z
  .object({
    photo: Photo.meta({ description: 'A copy that stays when they remove the photo. Its `id` is that of the photo.' }),
    ready: z.boolean().meta({ description: 'Whether the copy is made; it takes a moment after the report.', examples: [true] }),
    takenAt: Timestamp.meta({ description: 'When it was reported.', examples: ['2026-01-15T11:00:00.000Z'] }),
  })
  .meta({ id: 'EvidencePhoto', description: 'A photo of the one who is reported, kept as it was then. For moderators only.' });
export interface EvidencePhoto extends z.infer<typeof EvidencePhoto> {}

export const ReportDetail = z
  .object({
    ...summary,
    entries: z.array(ReportEntry).meta({ description: 'All that was said, the oldest first.' }),
    profiles: z.array(EvidenceProfile).meta({ description: 'The oldest first.' }),
    messages: z.array(EvidenceMessage).meta({ description: 'Chosen ones with their context, in the order of the conversation.' }),
    calls: z.array(EvidenceCall).meta({ description: 'The oldest first.' }),
    photos: z.array(EvidencePhoto).meta({ description: 'The oldest first.' }),
    reporterRecord: z
      .object({
        made: z.int().meta({ description: 'Reports they ever made, this one too.', examples: [3] }),
        dismissed: z.int().meta({ description: 'Of those, how many were dismissed.', examples: [0] }),
      })
      .meta({ description: 'What is known of the reports of the one who reported.' }),
    others: z.array(Report).meta({ description: 'Other reports about the same person, the newest first, at most 20.', examples: [[]] }),
  })
  .meta({ id: 'ReportDetail', description: 'A report with its evidence and what goes with it.' });
export interface ReportDetail extends z.infer<typeof ReportDetail> {}

export const reports = {
  report: endpoint({
    method: 'POST',
    path: '/users/:userId/report',
    summary: 'Report someone to the moderators. They do not learn of it.',
    description:
      'Whatever is given as evidence is kept as it is now, with what surrounds it: deleting it afterwards hides nothing. Works for ' +
      'everyone whom you can see, and for those whom you have met here though they, or you, have since blocked or unmatched: by a ' +
      'match, a conversation, a swipe or a block of yours. While a report about them is open, reporting again adds to it.',
    access: 'user',
    params: { userId: Id },
    body: {
      category: ReportCategory,
      text: z
        .string()
        .trim()
        .max(2_000)
        .default('')
        .meta({ description: 'What happened, in your words.', examples: ['He goes on after I said no.'] }),
      evidence: z
        .strictObject({
          messageIds: z
            .array(MessageId)
            .max(maxEvidenceMessages)
            .default([])
            .meta({ description: 'Messages between you and them.', examples: [[sampleIds.message]] }),
          opened: z
            .array(
              z.strictObject({
                messageId: MessageId,
                text: z
                  .string()
                  .max(maxTextLength)
                  .optional()
                  .meta({ description: 'What it said. Moderators read it as your word.', examples: ['Answer me!'] }),
                fileKey: FileKey.optional().meta({
                  description:
                    'What opens its file, which stands in the message: the service opens what it has of it, for moderators alone.',
                  examples: [undefined],
                }),
              }),
            )
            .max(maxEvidenceMessages)
            .default([])
            .meta({
              description: 'Of those of them that are encrypted, what you have read and seen there.',
              examples: [[]],
            }),
          callId: Id.optional().meta({ description: 'A call between you and them.', examples: [sampleIds.call] }),
          photoIds: z
            .array(Id.meta({ examples: [sampleIds.photo] }))
            .max(maxEvidencePhotos)
            .default([])
            .meta({ description: 'Photos of theirs, and pictures that they have given to groups you are in.', examples: [[]] }),
        })
        .optional()
        .meta({ description: 'What to look at.' }),
      alsoBlock: z
        .boolean()
        .default(false)
        .meta({ description: 'Block them as well, in one go.', examples: [false] }),
    },
    output: OwnReport,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'EVIDENCE_REFUSED'],
    limit: { max: 20, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  mine: endpoint({
    method: 'GET',
    path: '/reports',
    summary: 'The reports you made, the newest first.',
    access: 'user',
    query: pageFields,
    output: page(OwnReport).meta({ id: 'OwnReportPage', description: 'A page of your reports.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
};

export const reportEvents = {
  'report:resolved': event({
    summary: 'A report was resolved.',
    audience: 'The one who made it.',
    delivery: 'durable',
    data: z
      .object({ reportId: ReportId, verdict: ReportVerdict, resolvedAt })
      .meta({ id: 'ReportResolved', description: 'What came of a report of yours.' }),
  }),
};
