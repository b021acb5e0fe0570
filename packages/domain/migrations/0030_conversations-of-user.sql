DROP INDEX "conversations_of_user";--> statement-breakpoint
CREATE INDEX "conversations_of_user" ON "conversation_members" USING btree ("user_id","archived","last_activity_at","conversation_id");