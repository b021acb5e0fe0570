CREATE TABLE "job_turns" (
	"name" text PRIMARY KEY NOT NULL,
	"turn" integer NOT NULL
);
