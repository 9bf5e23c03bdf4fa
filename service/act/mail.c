/* SPDX-License-Identifier: MIT */
#include "act/mail.h"

#include "act/session_job.h"
#include "proto/utf8.h"
#include "settings/secret.h"

#include <string.h>
#include <time.h>

#define TOKEN_SIZE 21
#define ENCODED_BYTES 39u /* 52 of base64, 12 around them, 9 of "Subject: ": below 76 */

typedef struct MailJob {
	SessionJob job; /* first */
	MailThen then;
	MailDelivery delivery;
	MailAnswer answer;
} MailJob;

bool
mail_is_configured(const Ctx *ctx)
{
	const SettingsMail *settings = ctx->community->settings->mail;

	return *settings->server && *settings->sender;
}

static void
job_free(SessionJob *job)
{
	MailJob *mail = (MailJob *)job;
	MailDelivery *delivery = &mail->delivery;

	g_free(delivery->server);
	g_free(delivery->sender);
	g_free(delivery->user);
	g_free(delivery->password_file);
	g_free(delivery->ca_file);
	g_free(delivery->to);
	secret_text_free(delivery->message);
	g_free(delivery->problem);
	for (unsigned i = 0; i < MAIL_WORDS; i++)
		secret_text_free(mail->answer.words[i]);
	g_free(mail);
}

static void
job_run(Job *job)
{
	mail_deliver(&((MailJob *)job)->delivery);
}

static void
delivered(Ctx *ctx, SessionJob *job)
{
	MailJob *mail = (MailJob *)job;

	mail->answer.problem = mail->delivery.problem;
	mail->answer.refused = mail->delivery.refused;
	if (mail->answer.problem) {
		Event event = ctx_event(ctx, EVENT_MAIL_FAILED);

		event.text = mail->answer.problem;
		announce(ctx, &event);
	}
	mail->then(ctx, &mail->answer);
}

/* Nothing in it ends a header. Caller frees. */
static char *
header_text(const char *text)
{
	char *clean = g_strdup(text);

	for (char *character = clean; *character; character++)
		if ((unsigned char)*character < ' ' || *character == '\x7f')
			*character = ' ';
	return clean;
}

/* RFC 2047: what is not ASCII in encoded words, lines of at most 76 characters. Caller frees. */
static char *
encoded_text(const char *text)
{
	g_autofree char *clean = header_text(text);
	const char *rest = clean;
	GString *words;

	if (g_str_is_ascii(clean))
		return g_steal_pointer(&clean);
	words = g_string_new(NULL);
	while (*rest) {
		size_t length = utf8_cut(rest, strlen(rest), ENCODED_BYTES);
		g_autofree char *base64 = g_base64_encode((const guchar *)rest, length);

		g_string_append_printf(
		    words, "%s=?UTF-8?B?%s?=", rest == clean ? "" : "\r\n ", base64);
		rest += length;
	}
	return g_string_free(words, FALSE);
}

/* RFC 5322: headers, an empty line, the text. */
static char *
write_message(Ctx *ctx, const Mail *mail)
{
	const SettingsMail *settings = ctx->community->settings->mail;
	g_auto(GStrv) lines = g_strsplit(mail->text, "\n", -1);
	g_autofree char *body = g_strjoinv("\r\n", lines);
	g_autofree char *sender = header_text(settings->sender);
	g_autofree char *recipient = header_text(mail->to);
	g_autofree char *subject = encoded_text(mail->subject);
	time_t seconds = (time_t)(ctx->now / G_USEC_PER_SEC);
	char token[TOKEN_SIZE];
	char date[64];
	struct tm parts;

	random_token(ctx->random, token, sizeof token);
	gmtime_r(&seconds, &parts);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &parts);
	return g_strdup_printf(
	    "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\n"
	    "Message-ID: <%s@%s>\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=UTF-8\r\n"
	    "Content-Transfer-Encoding: 8bit\r\nAuto-Submitted: auto-generated\r\n"
	    "\r\n%s\r\n",
	    sender, recipient, subject, date, token, ctx->community->server_name, body);
}

/* As settings name files: from the folder of the configuration. */
static char *
path_of(const char *directory, const char *name)
{
	return directory && *name && !g_path_is_absolute(name)
		   ? g_build_filename(directory, name, NULL)
		   : g_strdup(name);
}

static void
fill_delivery(Ctx *ctx, const Mail *mail, MailDelivery *delivery)
{
	const SettingsMail *settings = ctx->community->settings->mail;
	const char *config = ctx->host->status(ctx->host)->config_path;
	g_autofree char *directory = config ? g_path_get_dirname(config) : NULL;

	delivery->server = g_strdup(settings->server);
	delivery->sender = g_strdup(settings->sender);
	delivery->user = g_strdup(settings->user);
	delivery->password_file = path_of(directory, settings->password_file);
	delivery->ca_file = path_of(directory, settings->ca_file);
	delivery->tls = settings->tls;
	delivery->timeout = settings->timeout;
	delivery->to = g_strdup(mail->to);
	delivery->message = write_message(ctx, mail);
}

Outcome
mail_send(Ctx *ctx, const Mail *mail, MailThen then)
{
	MailJob *job = g_new0(MailJob, 1);

	job->job.job.run = job_run;
	job->job.then = delivered;
	job->job.free = job_free;
	job->then = then;
	job->answer.account = mail->account;
	for (unsigned i = 0; i < MAIL_WORDS; i++)
		job->answer.words[i] = g_strdup(mail->words[i]);
	fill_delivery(ctx, mail, &job->delivery);
	job->delivery.job = &job->job.job;
	return session_job_start(ctx, &job->job, WORK_MAIL, MAIL_JOBS_MAX);
}
