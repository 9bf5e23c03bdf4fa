/* SPDX-License-Identifier: MIT */
#include "net/ws_handshake.h"

#include <string.h>

#define KEY_LENGTH 24u /* base64 of 16 bytes */

/* One row per refusal: what the status line and the page say, and the fields it must carry. */
static const struct {
	HttpStatus status;
	const char *name;
	const char *fields;
	const char *text;
} refusals[] = {
    {HTTP_BAD_REQUEST, "Bad Request", "", "This is no request the chat service understands."},
    {HTTP_FORBIDDEN, "Forbidden", "", "Pages of this origin may not connect to the chat service."},
    {HTTP_METHOD_NOT_ALLOWED, "Method Not Allowed", "Allow: GET, HEAD\r\n",
	"The chat service answers GET only."},
    {HTTP_REQUEST_TIMEOUT, "Request Timeout", "", "The request took too long."},
    {HTTP_UPGRADE_REQUIRED, "Upgrade Required",
	"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
	"This address is for chat programs in web pages, which speak WebSocket to it. There is no "
	"page to look at here."},
    {HTTP_FIELDS_TOO_LARGE, "Request Header Fields Too Large", "", "The request is too long."},
    {HTTP_UNAVAILABLE, "Service Unavailable", "",
	"The chat service takes no more connections from there now."},
    {HTTP_VERSION_NOT_SUPPORTED, "HTTP Version Not Supported", "",
	"The chat service speaks HTTP/1.1."},
};

/* HEAD is told what GET would be, but for the page (RFC 9110 9.3.2). */
static GString *
refusal(HttpStatus status, bool with_page)
{
	GString *answer = g_string_new(NULL);
	g_autofree char *page = NULL;
	unsigned row = 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(refusals); i++)
		if (refusals[i].status == status)
			row = i;
	page = g_strdup_printf("<!DOCTYPE html>\n<html lang=\"en\"><title>%u %s</title>\n"
			       "<h1>%s</h1>\n<p>%s</p></html>\n",
	    (unsigned)refusals[row].status, refusals[row].name, refusals[row].name,
	    refusals[row].text);
	g_string_append_printf(answer,
	    "HTTP/1.1 %u %s\r\n%sConnection: close%s\r\nCache-Control: no-store\r\n"
	    "Content-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n\r\n%s",
	    (unsigned)refusals[row].status, refusals[row].name, refusals[row].fields,
	    refusals[row].status == HTTP_UPGRADE_REQUIRED ? ", Upgrade" : "", strlen(page),
	    with_page ? page : "");
	return answer;
}

GString *
ws_refusal(HttpStatus status)
{
	return refusal(status, true);
}

/* RFC 6454 §6: scheme and host are lower-case already when a browser sends them. */
static bool
origin_allowed(const HttpRequest *request, char *const *origins)
{
	unsigned count;
	const HttpField *field = http_request_field(request, "Origin", &count);
	g_autofree char *origin = NULL;

	if (!origins || !*origins || count == 0)
		return true;
	if (!field)
		return false;
	origin = g_ascii_strdown(field->value.data, (gssize)field->value.length);
	for (; *origins; origins++) {
		g_autofree char *pattern = g_ascii_strdown(*origins, -1);

		if (g_pattern_match_simple(pattern, origin))
			return true;
	}
	return false;
}

static bool
key_is_valid(const HttpField *key)
{
	char copy[KEY_LENGTH + 1];
	gsize length;

	if (!key || key->value.length != KEY_LENGTH)
		return false;
	for (unsigned i = 0; i < KEY_LENGTH - 2; i++)
		if (!g_ascii_isalnum(key->value.data[i]) && key->value.data[i] != '+' &&
		    key->value.data[i] != '/')
			return false;
	memcpy(copy, key->value.data, KEY_LENGTH);
	copy[KEY_LENGTH] = '\0';
	g_base64_decode_inplace(copy, &length);
	return length == 16 && memcmp(key->value.data + KEY_LENGTH - 2, "==", 2) == 0;
}

static bool
is_head(const HttpRequest *request)
{
	return http_text_equal(request->method, "HEAD");
}

/* In this order, so that each refusal is about the first thing that is wrong. */
static HttpStatus
judge(const HttpRequest *request, char *const *origins)
{
	const HttpField *version;
	unsigned hosts, versions;

	if (!http_text_equal(request->method, "GET") && !is_head(request))
		return HTTP_METHOD_NOT_ALLOWED;
	if (request->minor < 1)
		return HTTP_VERSION_NOT_SUPPORTED;
	http_request_field(request, "Host", &hosts);
	if (hosts != 1 || request->target.data[0] != '/' ||
	    http_request_field(request, "Content-Length", NULL) ||
	    http_request_field(request, "Transfer-Encoding", NULL))
		return HTTP_BAD_REQUEST;
	if (is_head(request) || !http_request_lists(request, "Upgrade", "websocket"))
		return HTTP_UPGRADE_REQUIRED;
	if (!http_request_lists(request, "Connection", "upgrade"))
		return HTTP_BAD_REQUEST;
	version = http_request_field(request, "Sec-WebSocket-Version", &versions);
	if (versions > 1)
		return HTTP_BAD_REQUEST;
	if (!version || !http_text_equal(version->value, "13"))
		return HTTP_UPGRADE_REQUIRED;
	if (!key_is_valid(http_request_field(request, "Sec-WebSocket-Key", NULL)))
		return HTTP_BAD_REQUEST;
	return origin_allowed(request, origins) ? HTTP_OK : HTTP_FORBIDDEN;
}

/* The client's order of preference counts. */
static const char *
choose_protocol(const HttpRequest *request, WsMessages *ret_messages)
{
	static const struct {
		const char *name;
		WsMessages messages;
	} protocols[] = {{"text.ircv3.net", WS_TEXT}, {"binary.ircv3.net", WS_BINARY}};

	for (unsigned i = 0; i < request->n_fields; i++) {
		HttpText list = request->fields[i].value;
		HttpText element;

		if (!http_text_equal(request->fields[i].name, "Sec-WebSocket-Protocol"))
			continue;
		while (http_text_next(&list, &element)) {
			for (unsigned j = 0; j < G_N_ELEMENTS(protocols); j++) {
				if (!http_text_equal(element, protocols[j].name))
					continue;
				*ret_messages = protocols[j].messages;
				return protocols[j].name;
			}
		}
	}
	*ret_messages = WS_LIKE_FIRST;
	return NULL;
}

static void
accept_request(const HttpRequest *request, WsHandshake *handshake)
{
	static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; /* RFC 6455 §1.3 */
	const HttpField *key = http_request_field(request, "Sec-WebSocket-Key", NULL);
	const char *protocol = choose_protocol(request, &handshake->messages);
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
	guint8 digest[20];
	gsize size = sizeof digest;
	g_autofree char *accept = NULL;

	g_checksum_update(sum, (const guchar *)key->value.data, (gssize)key->value.length);
	g_checksum_update(sum, (const guchar *)guid, sizeof guid - 1);
	g_checksum_get_digest(sum, digest, &size);
	accept = g_base64_encode(digest, size);
	handshake->answer =
	    g_string_new("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
			 "Connection: Upgrade\r\n");
	g_string_append_printf(handshake->answer, "Sec-WebSocket-Accept: %s\r\n", accept);
	if (protocol)
		g_string_append_printf(
		    handshake->answer, "Sec-WebSocket-Protocol: %s\r\n", protocol);
	g_string_append(handshake->answer, "\r\n");
}

void
ws_handshake(const char *head, size_t length, char *const *origins, WsHandshake *ret)
{
	ret->status = http_request_parse(head, length, &ret->request);
	ret->messages = WS_LIKE_FIRST;
	if (ret->status == HTTP_OK)
		ret->status = judge(&ret->request, origins);
	if (ret->status == HTTP_OK)
		accept_request(&ret->request, ret);
	else
		ret->answer = refusal(
		    ret->status, ret->status == HTTP_BAD_REQUEST || !is_head(&ret->request));
}
