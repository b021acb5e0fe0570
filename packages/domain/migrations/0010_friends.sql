CREATE TABLE "friend_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"declined_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "friends" (
	"user_id" uuid NOT NULL,
	"friend_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "friends_user_id_friend_id_pk" PRIMARY KEY("user_id","friend_id"),
	CONSTRAINT "friends_of_request" UNIQUE("user_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "friend_requests" ADD CONSTRAINT "friend_requests_from_id_users_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "friend_requests" ADD CONSTRAINT "friend_requests_to_id_users_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "friends" ADD CONSTRAINT "friends_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "friends" ADD CONSTRAINT "friends_friend_id_users_id_fk" FOREIGN KEY ("friend_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "friend_requests_of_pair" ON "friend_requests" USING btree ("from_id","to_id");--> statement-breakpoint
CREATE INDEX "friend_requests_sent" ON "friend_requests" USING btree ("from_id","id") WHERE "friend_requests"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "friend_requests_received" ON "friend_requests" USING btree ("to_id","id") WHERE "friend_requests"."declined_at" is null and "friend_requests"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "friend_requests_by_recipient" ON "friend_requests" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "friend_requests_by_age" ON "friend_requests" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "friends_by_time" ON "friends" USING btree ("user_id","created_at","friend_id");--> statement-breakpoint
CREATE INDEX "friends_by_friend" ON "friends" USING btree ("friend_id");