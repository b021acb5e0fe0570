ALTER TABLE "conversation_members" ADD COLUMN "draft" text;--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "draft_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "messages_words" ON "messages" USING gin (to_tsvector('simple', "text")) WHERE "messages"."text" is not null;