/* SPDX-License-Identifier: MIT */
#include "act/mail.h"

#include "act/network_wait.h"
#include "proto/names.h"
#include "settings/secret.h"

#include <string.h>

#ifdef CHAT_HAVE_CURL
#include <curl/curl.h>

#define RECIPIENT_REFUSED 550 /* RFC 5321 4.2.3: and those up to it are for this address */
#define RECIPIENT_REFUSED_LAST 559

typedef struct MessageSource {
	const char *text;
	size_t left;
} MessageSource;

static size_t
give_message(char *buffer, size_t size, size_t count, void *data)
{
	MessageSource *source = data;
	size_t length = MIN(size * count, source->left);

	memcpy(buffer, source->text, length);
	source->text += length;
	source->left -= length;
	return length;
}

/* The first line of the file; NULL with a problem. */
static char *
read_password(MailDelivery *delivery)
{
	g_autoptr(GError) error = NULL;
	char *text = NULL;

	if (!g_file_get_contents(delivery->password_file, &text, NULL, &error)) {
		delivery->problem = g_strdup(error->message);
		return NULL;
	}
	text[strcspn(text, "\r\n")] = '\0';
	return text;
}

static void
set_options(
    CURL *curl, const MailDelivery *delivery, MessageSource *source, struct curl_slist *recipients)
{
	static const long tls[] = {
	    [MAIL_TLS_REQUIRED] = CURLUSESSL_ALL,
	    [MAIL_TLS_IF_OFFERED] = CURLUSESSL_TRY,
	    [MAIL_TLS_NONE] = CURLUSESSL_NONE,
	};

	curl_easy_setopt(curl, CURLOPT_URL, delivery->server);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, tls[delivery->tls]);
	if (*delivery->ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, delivery->ca_file);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(delivery->timeout / 1000));
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, delivery->sender);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_message);
	curl_easy_setopt(curl, CURLOPT_READDATA, source);
	network_wait_for(curl, delivery->job);
}

static void
perform(CURL *curl, MailDelivery *delivery)
{
	CURLcode code = curl_easy_perform(curl);
	long answer = 0;

	if (code == CURLE_OK)
		return;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	delivery->refused = answer >= RECIPIENT_REFUSED && answer <= RECIPIENT_REFUSED_LAST;
	delivery->problem =
	    g_strdup_printf("The mail was not sent: %s (%ld)", curl_easy_strerror(code), answer);
}

void
mail_deliver(MailDelivery *delivery)
{
	MessageSource source = {delivery->message, strlen(delivery->message)};
	struct curl_slist *recipients = NULL;
	char *password = NULL;
	CURL *curl;

	/* It may have been stored before addresses were looked at, or come with an import. */
	if (!name_is_email(delivery->to)) {
		delivery->problem = g_strdup("The address is none that mail can be sent to");
		delivery->refused = true;
		return;
	}
	if (*delivery->password_file && !(password = read_password(delivery)))
		return;
	curl = curl_easy_init();
	recipients = curl_slist_append(recipients, delivery->to);
	set_options(curl, delivery, &source, recipients);
	if (*delivery->user) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, delivery->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, password ? password : "");
	}
	perform(curl, delivery);
	curl_slist_free_all(recipients);
	curl_easy_cleanup(curl);
	secret_text_free(password);
}
#else
void
mail_deliver(MailDelivery *delivery)
{
	delivery->problem = g_strdup("This chatd was built without libcurl and cannot send mail");
}
#endif
