CREATE TABLE "encryption_envelopes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"type" text NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "encryption_devices" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"keys" text NOT NULL,
	"fallback_name" text,
	"fallback_key" text,
	"fallback_used" boolean DEFAULT false NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "encryption_identities" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"master_key" text NOT NULL,
	"self_signing_key" text NOT NULL,
	"user_signing_key" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "encryption_one_time_keys" (
	"session_id" uuid NOT NULL,
	"name" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "encryption_one_time_keys_session_id_name_pk" PRIMARY KEY("session_id","name")
);
--> statement-breakpoint
CREATE TABLE "encryption_verified_identities" (
	"signer_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"master_key" text NOT NULL,
	CONSTRAINT "encryption_verified_identities_signer_id_user_id_pk" PRIMARY KEY("signer_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "encrypted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "envelope" jsonb;--> statement-breakpoint
ALTER TABLE "encryption_envelopes" ADD CONSTRAINT "encryption_envelopes_session_id_encryption_devices_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."encryption_devices"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encryption_envelopes" ADD CONSTRAINT "encryption_envelopes_sender_id_users_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encryption_devices" ADD CONSTRAINT "encryption_devices_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encryption_devices" ADD CONSTRAINT "encryption_devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encryption_identities" ADD CONSTRAINT "encryption_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encryption_one_time_keys" ADD CONSTRAINT "encryption_one_time_keys_session_id_encryption_devices_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."encryption_devices"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encryption_verified_identities" ADD CONSTRAINT "encryption_verified_identities_signer_id_users_id_fk" FOREIGN KEY ("signer_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encryption_verified_identities" ADD CONSTRAINT "encryption_verified_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "encryption_envelopes_waiting" ON "encryption_envelopes" USING btree ("session_id","id");--> statement-breakpoint
CREATE INDEX "encryption_envelopes_of_sender" ON "encryption_envelopes" USING btree ("sender_id","session_id","id");--> statement-breakpoint
CREATE INDEX "encryption_devices_by_user" ON "encryption_devices" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "encryption_verified_by_user" ON "encryption_verified_identities" USING btree ("user_id");