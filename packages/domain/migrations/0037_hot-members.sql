-- Rows that every message writes anew find room on their own page, so that no index has to learn where they went.
ALTER TABLE "conversations" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "conversation_members" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "sync_heads" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_conversation_id_conversations_id_fk";
--> statement-breakpoint
DROP INDEX "conversations_of_user";--> statement-breakpoint
ALTER TABLE "conversation_members" ADD COLUMN "active_hour" timestamp (3) with time zone GENERATED ALWAYS AS (date_bin('1 hour', last_activity_at, '2000-01-01 00:00:00+00'::timestamptz)) STORED;--> statement-breakpoint
CREATE INDEX "conversations_of_user" ON "conversation_members" USING btree ("user_id","archived","active_hour");